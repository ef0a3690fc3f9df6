using Tofersen.Simulation.Analyses.DelayedStarts;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Delayed-start analysis: one mixed model for repeated measures over both periods, everybody as randomised, and contrasts of
/// early − delayed start across visits.</summary>
/// <remarks>
/// <para>Δ1 is the difference at the end of the placebo-controlled period, Δ2 the one at the end of the trial. Δ1 above zero shows an effect;
/// Δ2 − kΔ1 above zero shows that more than the share k of it is kept once everybody is treated, as a change of the disease would be and a
/// symptomatic effect would not. A gap that is kept stays flat while its variance grows with time, so that the second test has the least
/// power.</para>
/// <para>Reference: Liu-Seifert et al. 2015, doi 10.1371/journal.pone.0119632. Hypothetical strategy for death and withdrawal, treatment
/// policy for the switch.</para>
/// </remarks>
public sealed record DelayedStartAnalysis : RepeatedMeasuresAnalysis
{
    /// <summary>End of the placebo-controlled period, in weeks since randomisation; a scheduled visit after baseline.</summary>
    public required double FirstWeek { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>End of the trial, in weeks; a scheduled visit after <see cref="FirstWeek"/>.</summary>
    public required double SecondWeek { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>Share k of the first difference that must be exceeded, from 0 to 1; 0.5 by default.</summary>
    public double Retention { get; init => field = Require.Probability(value); } = 0.5;

    /// <summary>What is tested; the sequence of both steps by default.</summary>
    public DelayedStartHypothesis Hypothesis { get; init => field = Require.Defined(value); } = DelayedStartHypothesis.Sequence;

    private protected override string DefaultName => FormattableString.Invariant($"delayed-start-{FirstWeek}-{SecondWeek}");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The layout has no such visit, covariate or stratum, or the weeks are not in order.</exception>
    public override IAnalysisWorker CreateWorker(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new DelayedStartWorker(this, layout);
    }

    /// <inheritdoc/>
    public override LatentContrast? Estimand(TrialLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        (double first, double second) = Weights;
        var weights = new double[layout.VisitWeeks.Count];
        weights[layout.VisitAt(FirstWeek)] = first;
        weights[layout.VisitAt(SecondWeek)] = second;
        weights[0] = -first - second;
        return new LatentContrast([.. weights], CovariateDesign.StratumPositions(layout, Strata));
    }

    /// <summary>Fits the model to one trial and returns every contrast of the design.</summary>
    /// <param name="data">The trial.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="ArgumentException">The data have no such visit, covariate or stratum.</exception>
    public DelayedStartFit Fit(TrialData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new DelayedStartWorker(this, data.Layout).Fit(data);
    }

    /// <summary>Weights of Δ1 and Δ2 in the estimate.</summary>
    internal (double First, double Second) Weights => Hypothesis switch
    {
        DelayedStartHypothesis.FirstDifference => (1, 0),
        DelayedStartHypothesis.SecondDifference => (0, 1),
        _ => (-Retention, 1),
    };

    /// <summary>The model that the contrasts are taken from.</summary>
    internal Mmrm Model => ModelThrough(SecondWeek);
}
