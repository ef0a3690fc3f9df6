using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>A figure: panels with axes and what is drawn in them, and what it says in words.</summary>
/// <remarks>It holds numbers and texts alone; how they look is a renderer's business (<see cref="IFigureRenderer"/>). Thread safety:
/// immutable.</remarks>
public sealed record Figure
{
    /// <summary>Name for files and references: lower-case letters, digits and hyphens, such as <c>mean-change</c>.</summary>
    public required string Name { get; init => field = CheckedName(value); }

    /// <summary>What the figure shows, in a few words.</summary>
    public required string Title { get; init => field = Require.Text(value); }

    /// <summary>What somebody who does not see the figure should know: what is drawn, and the numbers that matter.</summary>
    public required string Description { get; init => field = Require.Text(value); }

    /// <summary>How to read it, below the panels: what bands and bars are, and that the data are simulated.</summary>
    public required string Note { get; init => field = Require.Text(value); }

    /// <summary>The panels, at least one, row by row.</summary>
    public required ValueList<Panel> Panels { get; init => field = Require.NotEmpty(value); }

    /// <summary>Number of panels beside each other, from 1 to 4.</summary>
    public int Columns { get; init => field = Require.InRange(value, 1, 4); } = 1;

    private static string CheckedName(string name) =>
        Require.Text(name, nameof(Name)).All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
            ? name
            : throw new ArgumentException($"'{name}' must consist of lower-case letters, digits and hyphens.", nameof(Name));
}
