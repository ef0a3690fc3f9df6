namespace Tofersen.Simulation.Analyses;

/// <summary>What an <see cref="AdagioAnalysis"/> tests.</summary>
public enum AdagioHypothesis
{
    /// <summary>Difference of slopes in the placebo-controlled period, above zero.</summary>
    FirstSlope = 0,

    /// <summary>Difference at the end of the trial, above zero.</summary>
    EndDifference,

    /// <summary>Difference of slopes once everybody is treated, above minus the margin: the arms do not converge. That they do is no finding,
    /// so the p value is the one-sided one, doubled; at most 1.</summary>
    SlopeNonInferiority,

    /// <summary>All three in this order. The p value is the largest of the three one-sided ones, doubled; the estimate is the difference at
    /// the end.</summary>
    All,
}
