using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>What an analysis found in one trial.</summary>
/// <remarks>Sign: active − control, or early − delayed start; on scores positive favours treatment. A hazard ratio is on the log
/// scale, below 0 in favour of treatment; its statistic is positive in favour of treatment.</remarks>
public readonly record struct AnalysisResult
{
    /// <summary>How the analysis ended; the numbers count only for <see cref="AnalysisStatus.Converged"/> and
    /// <see cref="AnalysisStatus.Boundary"/>.</summary>
    public required AnalysisStatus Status { get; init; }

    /// <summary>Estimated effect.</summary>
    public double Estimate { get; init; }

    /// <summary>Its standard error.</summary>
    public double StandardError { get; init; }

    /// <summary>Degrees of freedom of the t distribution; infinite for a normal one.</summary>
    public double DegreesOfFreedom { get; init; }

    /// <summary>Test statistic; positive in favour of treatment.</summary>
    public double Statistic { get; init; }

    /// <summary>Two-sided p value.</summary>
    public double PValue { get; init; }

    /// <summary>Lower limit of the confidence interval at level 1 − alpha.</summary>
    public double Lower { get; init; }

    /// <summary>Upper limit of the confidence interval at level 1 − alpha.</summary>
    public double Upper { get; init; }

    /// <summary>Number of participants that the analysis used.</summary>
    public int Participants { get; init; }

    /// <summary>Whether the numbers count.</summary>
    public bool IsUsable => Status is AnalysisStatus.Converged or AnalysisStatus.Boundary;

    /// <summary>Whether the numbers count and are there: an analysis that says it has numbers and has none has failed, whatever it says.</summary>
    internal bool HasNumbers => IsUsable && double.IsFinite(Estimate) && double.IsFinite(StandardError) && !double.IsNaN(PValue);

    /// <summary>The result of an analysis that its data do not determine: every number is NaN.</summary>
    /// <param name="participants">Number of participants that the analysis looked at.</param>
    /// <returns>The result, with the status <see cref="AnalysisStatus.NotEstimable"/>.</returns>
    public static AnalysisResult NotEstimable(int participants) => new()
    {
        Status = AnalysisStatus.NotEstimable,
        Estimate = double.NaN,
        StandardError = double.NaN,
        DegreesOfFreedom = double.NaN,
        Statistic = double.NaN,
        PValue = double.NaN,
        Lower = double.NaN,
        Upper = double.NaN,
        Participants = participants,
    };

    /// <summary>The result of a two-sided t or normal test of an estimate, with its p value and confidence interval. Allocates nothing.</summary>
    /// <param name="estimate">Estimated effect: active − control, so that a positive one favours treatment on scores.</param>
    /// <param name="standardError">Its standard error, above 0.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom, above 0; infinite for a normal test.</param>
    /// <param name="alpha">Two-sided level of the test, above 0 and below 1; the interval is that of 1 − alpha.</param>
    /// <param name="participants">Number of participants that the analysis used.</param>
    /// <returns>The result; that of <see cref="NotEstimable"/> where the estimate is not finite, or its standard error not finite and above 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Degrees of freedom or level are out of range.</exception>
    public static AnalysisResult OfTest(double estimate, double standardError, double degreesOfFreedom, double alpha, int participants)
    {
        Require.Above(degreesOfFreedom, 0, double.PositiveInfinity, nameof(degreesOfFreedom));
        Require.InRange(alpha, double.Epsilon, 1 - 1e-16, nameof(alpha));
        return double.IsFinite(estimate) && double.IsFinite(standardError) && standardError > 0
            ? FromT(estimate, standardError, degreesOfFreedom, StudentT.TwoSidedCriticalValue(alpha, degreesOfFreedom), participants)
            : NotEstimable(participants);
    }

    /// <summary>The result of a t test of an estimate.</summary>
    internal static AnalysisResult FromT(
        double estimate, double standardError, double degreesOfFreedom, double criticalValue, int participants) =>
        From(estimate, standardError, degreesOfFreedom, estimate / standardError, criticalValue, participants);

    /// <summary>The result of a normal test with a statistic of its own, which may have the other sign.</summary>
    internal static AnalysisResult FromZ(
        double estimate, double standardError, double z, double criticalValue, int participants) =>
        From(estimate, standardError, double.PositiveInfinity, z, criticalValue, participants);

    private static AnalysisResult From(
        double estimate,
        double standardError,
        double degreesOfFreedom,
        double statistic,
        double criticalValue,
        int participants) => new()
        {
            Status = AnalysisStatus.Converged,
            Estimate = estimate,
            StandardError = standardError,
            DegreesOfFreedom = degreesOfFreedom,
            Statistic = statistic,
            PValue = StudentT.TwoSidedP(statistic, degreesOfFreedom),
            Lower = estimate - (criticalValue * standardError),
            Upper = estimate + (criticalValue * standardError),
            Participants = participants,
        };
}
