using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The outcome of <see cref="MonteCarlo.Sweep.Run"/>.</summary>
public sealed record SweepResult
{
    /// <summary>The scenario as it is.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>What was changed.</summary>
    public required Sweep Sweep { get; init; }

    /// <summary>The seed of every cell.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Value of each axis in the scenario as it is; null where it has none, or several properties that move together have different
    /// ones.</summary>
    public required ValueList<PropertyValue?> PresentValues { get; init; }

    /// <summary>The cells, in order.</summary>
    public required ValueList<SweepCell> Cells { get; init; }

    /// <summary>Position in <see cref="Cells"/> of the cell that the others are compared with.</summary>
    public required int ReferencePosition { get; init; }

    /// <summary>The cell that the others are compared with.</summary>
    public SweepCell Reference => Cells[ReferencePosition];

    internal ValueList<TornadoBar> Bars { get; init; } = [];

    /// <summary>How far the power of an analysis moves with each axis, the widest swing first.</summary>
    /// <param name="analysis">Name of an analysis of the scenario as it is.</param>
    /// <returns>One bar an axis.</returns>
    /// <exception cref="ArgumentException">There is no such analysis.</exception>
    /// <exception cref="InvalidOperationException">The sweep did not change one thing at a time.</exception>
    public ValueList<TornadoBar> Tornado(string analysis)
    {
        if (Sweep.Layout != SweepLayout.OneAtATime)
        {
            throw new InvalidOperationException("A tornado shows a sweep that changes one thing at a time; this one ran a full grid.");
        }

        ValueList<OperatingCharacteristics> analyses = Reference.Result.Analyses;
        return analyses.Any(a => a.Name == analysis)
            ? [.. Bars.Where(b => b.Analysis == analysis).OrderByDescending(b => b.Swing)]
            : throw new ArgumentException(
                $"There is no analysis '{analysis}'; there are {string.Join(", ", analyses.Select(a => a.Name))}.", nameof(analysis));
    }
}
