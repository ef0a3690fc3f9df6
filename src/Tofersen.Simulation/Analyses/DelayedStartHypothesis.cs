namespace Tofersen.Simulation.Analyses;

/// <summary>What a <see cref="DelayedStartAnalysis"/> tests.</summary>
public enum DelayedStartHypothesis
{
    /// <summary>Δ1, the difference of the arms at the end of the placebo-controlled period.</summary>
    FirstDifference = 0,

    /// <summary>Δ2, the difference at the end of the trial.</summary>
    SecondDifference,

    /// <summary>Δ2 − kΔ1: whether more than the share k of the first difference is kept. Less is no finding, so the p value is the one-sided
    /// one, doubled; at most 1.</summary>
    Retention,

    /// <summary>Δ1, and only if it is above zero Δ2 − kΔ1: the two steps of Liu-Seifert. The p value is the larger of the two one-sided ones,
    /// doubled, so that the analysis rejects where both tests find a benefit at half the level each; the estimate is Δ2 − kΔ1.</summary>
    Sequence,
}
