using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Points with intervals.</summary>
public sealed record IntervalMark : Mark
{
    /// <summary>The points; those without a finite value are left out, intervals without finite limits as well.</summary>
    public required ValueList<IntervalPoint> Points { get; init => field = Require.NotNull(value); }

    /// <summary>Whether values lie along the horizontal axis, as in a forest plot, and not along the vertical one.</summary>
    public bool IsHorizontal { get; init; }

    /// <summary>Whether the interval is a wide bar behind the point, such as a range that is accepted, and not a line with ends.</summary>
    public bool IsRange { get; init; }
}
