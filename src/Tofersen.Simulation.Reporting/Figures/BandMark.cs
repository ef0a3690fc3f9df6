using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>An area between two lines, such as pointwise limits about a curve.</summary>
public sealed record BandMark : Mark
{
    /// <summary>Limits at places in order; the area is broken where one is not finite.</summary>
    public required ValueList<BandPoint> Points { get; init => field = Require.NotNull(value); }

    /// <summary>Whether the limits go on level until the next place.</summary>
    public bool IsStep { get; init; }
}
