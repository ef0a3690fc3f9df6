using Tofersen.Simulation.Analyses.DelayedStarts;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>The three hypotheses of a delayed-start trial after D'Agostino, as ADAGIO tested them: slopes of early and delayed start differ
/// in the placebo-controlled period, the arms differ at the end, and their slopes are parallel, within a margin, once everybody is
/// treated.</summary>
/// <remarks>
/// <para>All are contrasts of early − delayed start in one mixed model for repeated measures: the slope of the difference in a period is
/// that of least squares through its visits. Month 0 takes part where a period begins at week 0 and changes are analysed.</para>
/// <para>References: D'Agostino 2009, doi 10.1056/NEJMe0904649; Rascol et al. 2011, doi 10.1016/S1474-4422(11)70073-4.</para>
/// </remarks>
public sealed record AdagioAnalysis : RepeatedMeasuresAnalysis
{
    /// <summary>First visit of the slopes before the switch, in weeks.</summary>
    public required double FirstFromWeek { get; init => field = Require.InRange(value, 0, 2_000); }

    /// <summary>Last visit of the slopes before the switch, in weeks.</summary>
    public required double FirstToWeek { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>First visit of the slopes after the switch, in weeks.</summary>
    public required double SecondFromWeek { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>End of the trial: last visit of the slopes after the switch and the visit of the difference, in weeks.</summary>
    public required double SecondToWeek { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>By how much the early start's slope may be the lower one for the arms to count as parallel, in points a month; from 0 to
    /// 48.</summary>
    public required double MarginPerMonth { get; init => field = Require.InRange(value, 0, 48); }

    /// <summary>What is tested; all three by default.</summary>
    public AdagioHypothesis Hypothesis { get; init => field = Require.Defined(value); } = AdagioHypothesis.All;

    private protected override string DefaultName => FormattableString.Invariant($"adagio-{FirstToWeek}-{SecondToWeek}");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The layout has no such visit, covariate or stratum, a period has fewer than two visits, or the
    /// periods are not in order.</exception>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new AdagioWorker(this, layout);
    }

    /// <inheritdoc/>
    public override LatentContrast? Estimand(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        double[] weights = AdagioWorker.EstimandWeights(this, layout);
        return new LatentContrast([.. weights], CovariateDesign.StratumPositions(layout, Strata));
    }

    /// <summary>Fits the model to one trial and returns all three tests.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The data have no such visit, covariate or stratum.</exception>
    public AdagioFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new AdagioWorker(this, data.Layout).Fit(data);
    }

    /// <summary>The model that the contrasts are taken from.</summary>
    internal Mmrm Model => ModelThrough(SecondToWeek);
}
