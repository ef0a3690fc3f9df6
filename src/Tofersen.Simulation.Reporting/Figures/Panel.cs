using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>A part of a figure with axes of its own.</summary>
public sealed record Panel
{
    /// <summary>Heading; empty where the figure's title says it.</summary>
    public string Title { get; init => field = Require.NotNull(value); } = "";

    /// <summary>The horizontal axis.</summary>
    public required FigureAxis X { get; init => field = Require.NotNull(value); }

    /// <summary>The vertical axis.</summary>
    public required FigureAxis Y { get; init => field = Require.NotNull(value); }

    /// <summary>What is drawn, from the back to the front.</summary>
    public required ValueList<Mark> Marks { get; init => field = Require.NotEmpty(value); }

    /// <summary>Rows of numbers below the horizontal axis, such as numbers at risk; none by default.</summary>
    public ValueList<NumberRow> Rows { get; init => field = Require.NotNull(value); } = [];

    /// <summary>What the rows are, such as <c>At risk</c>.</summary>
    public string RowsTitle { get; init => field = Require.NotNull(value); } = "";

    /// <summary>Height of the area between the axes relative to the usual one, from 0.1 to 20.</summary>
    public double Height { get; init => field = Require.InRange(value, 0.1, 20); } = 1;
}
