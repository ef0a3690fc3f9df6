using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>A line through points.</summary>
public sealed record CurveMark : Mark
{
    /// <summary>The points in order. The line is broken where a coordinate is not finite.</summary>
    public required ValueList<FigurePoint> Points { get; init => field = Require.NotNull(value); }

    /// <summary>How much it stands out.</summary>
    public Emphasis Emphasis { get; init => field = Require.Defined(value); } = Emphasis.Main;

    /// <summary>Whether it goes on level until the next point and then jumps, as survival curves do.</summary>
    public bool IsStep { get; init; }

    /// <summary>Whether the points are marked.</summary>
    public bool HasPoints { get; init; }
}
