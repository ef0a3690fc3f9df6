using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Cox regression of the time to an event on arm and covariates, stratified or not.</summary>
/// <remarks>
/// <para>The estimate is the log hazard ratio, active over control, below 0 in favour of treatment; the statistic is positive in favour
/// of treatment. Participants without a covariate or a factor of the stratification do not count.</para>
/// <para>Columns that the others determine are left out as in R (coefficient NaN); where that is the arm, or where nobody has the
/// event, the result is not estimable.</para>
/// <para>Separation: where the likelihood grows for ever as the arm's coefficient does (all events in one arm, for example), there is
/// no finite estimate. Wald's test is then not estimable. The score and the likelihood ratio test stay defined; they
/// are given with status <see cref="AnalysisStatus.Boundary"/>, and estimate, standard error and interval are those of the
/// one-step estimate U / V at an arm coefficient of 0; where covariates that separate leave nothing to judge the arm
/// by (V = 0), they are not estimable either. Where a covariate separates and the arm does not, the arm's
/// estimate is the limit, with status <see cref="AnalysisStatus.Boundary"/>.</para>
/// <para>References: Cox 1972, doi 10.1111/j.2517-6161.1972.tb00899.x; Efron 1977, doi 10.1080/01621459.1977.10480613; Breslow 1974,
/// doi 10.2307/2529620. Agrees with R's <c>coxph</c>.</para>
/// </remarks>
public sealed record CoxRegression : TimeToEventAnalysis
{
    /// <summary>Events after this week since randomisation do not count; everything by default.</summary>
    public double? ThroughWeek { get; init => field = value is { } week ? Require.Above(week, 0, 2_000) : null; }

    /// <summary>Names of covariates and factors beside the arm; none by default.</summary>
    public ValueList<string> Covariates { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Names of factors whose combinations have baseline hazards of their own; none by default.</summary>
    public ValueList<string> StratifyBy { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Treatment of events at the same time; Efron's by default.</summary>
    public TieHandling Ties { get; init => field = Require.Defined(value); }

    /// <summary>Test of the arm; Wald's by default.</summary>
    public CoxTest Test { get; init => field = Require.Defined(value); }

    private protected override string DefaultName =>
        ThroughWeek is { } week ? FormattableString.Invariant($"cox-{week}") : "cox";

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new CoxRegressionWorker(this, layout);
    }

    /// <summary>Fits the model to one trial and returns all of it.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The data have no such covariate, factor or stratum.</exception>
    public CoxFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new CoxRegressionWorker(this, data.Layout).Fit(data);
    }
}
