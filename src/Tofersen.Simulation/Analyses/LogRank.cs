using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Log-rank test of the time to an event, stratified or not.</summary>
/// <remarks>
/// <para>At each event time the events of the active arm are compared with their hypergeometric expectation, given the numbers at
/// risk: U = Σ (O − E), V = Σ d n₁ n₀ (n − d) / (n² (n − 1)), summed over strata. The statistic is −U / √V, positive when the active arm
/// has fewer events than expected. The estimate is the one-step log hazard ratio U / V with standard error 1 / √V.</para>
/// <para>References: Mantel 1966; Peto et al. 1977, doi 10.1038/bjc.1977.1. Agrees with R's <c>survdiff</c>.</para>
/// </remarks>
public sealed record LogRank : TimeToEventAnalysis
{
    /// <summary>Events after this week since randomisation do not count; everything by default.</summary>
    public double? ThroughWeek { get; init => field = value is { } week ? Require.Above(week, 0, 2_000) : null; }

    /// <summary>Names of factors whose combinations make the strata of the test; none by default.</summary>
    public ValueList<string> StratifyBy { get; init => field = Require.NotNull(value); } = [];

    private protected override string DefaultName =>
        ThroughWeek is { } week ? FormattableString.Invariant($"log-rank-{week}") : "log-rank";

    /// <inheritdoc/>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new LogRankWorker(this, layout);
    }

    /// <summary>Runs the test on one trial and returns its parts besides the result.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>Observed and expected events by arm, the variance, and the test.</returns>
    /// <exception cref="ArgumentException">The data have no such factor or stratum.</exception>
    public LogRankFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new LogRankWorker(this, data.Layout).Fit(data);
    }
}
