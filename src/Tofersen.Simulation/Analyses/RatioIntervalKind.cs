namespace Tofersen.Simulation.Analyses;

/// <summary>What a confidence set of a ratio looks like.</summary>
public enum RatioIntervalKind
{
    /// <summary>An interval: from the lower limit to the upper one.</summary>
    Bounded = 0,

    /// <summary>All but an interval: up to the lower limit and from the upper one on. The denominator is not significantly different
    /// from zero.</summary>
    Exclusive = 1,

    /// <summary>Every number; the limits are infinite.</summary>
    Unbounded = 2,
}
