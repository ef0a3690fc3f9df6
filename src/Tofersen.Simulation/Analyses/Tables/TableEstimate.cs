namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>An estimate of an analysis of a table; NaN where the data do not determine it.</summary>
/// <param name="Name">What is estimated: "Tofersen - Placebo", or a coefficient's name.</param>
/// <param name="Visit">The visit that it is about; null where there is none.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="DegreesOfFreedom">Degrees of freedom of the t distribution; infinite for a normal one.</param>
/// <param name="Statistic">Test statistic, of the sign of the estimate.</param>
/// <param name="PValue">Two-sided p value.</param>
/// <param name="Lower">Lower limit of the confidence interval.</param>
/// <param name="Upper">Upper limit of the confidence interval.</param>
public sealed record TableEstimate(
    string Name,
    string? Visit,
    double Estimate,
    double StandardError,
    double DegreesOfFreedom,
    double Statistic,
    double PValue,
    double Lower,
    double Upper)
{
    internal static TableEstimate Of(string name, string? visit, in AnalysisResult result) => new(
        name,
        visit,
        result.Estimate,
        result.StandardError,
        result.DegreesOfFreedom,
        result.Statistic,
        result.PValue,
        result.Lower,
        result.Upper);

    /// <summary>A log hazard ratio or another estimate that is below 0 in favour of treatment: beside it the statistic has its sign, as in R's
    /// <c>coxph</c>, and not that of the benefit.</summary>
    internal static TableEstimate OfLogHazard(string name, in AnalysisResult result) =>
        Of(name, null, result with { Statistic = 0 - result.Statistic });
}
