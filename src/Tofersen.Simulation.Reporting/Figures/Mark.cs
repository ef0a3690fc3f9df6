using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Something drawn in a panel.</summary>
public abstract record Mark
{
    private protected Mark()
    {
    }

    /// <summary>Number of the series it belongs to, from 0. A series has a colour, a kind of line and a shape of points, the same throughout a figure,
    /// so that it is told from others without colour.</summary>
    public int Series { get; init => field = Require.InRange(value, 0, 1_000); }

    /// <summary>Entry in the legend; none where empty.</summary>
    public string Label { get; init => field = Require.NotNull(value); } = "";
}
