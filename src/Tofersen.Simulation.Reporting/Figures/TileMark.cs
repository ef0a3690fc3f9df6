using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Rectangles: bars of a histogram or a tornado, cells of a surface.</summary>
public sealed record TileMark : Mark
{
    /// <summary>The rectangles.</summary>
    public required ValueList<Tile> Tiles { get; init => field = Require.NotNull(value); }
}
