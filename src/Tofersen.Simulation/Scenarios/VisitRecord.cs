namespace Tofersen.Simulation.Scenarios;

/// <summary>Where a participant's visits are written down; the spans of months and scores have one entry a visit.</summary>
internal readonly ref struct VisitRecord
{
    /// <summary>When each visit takes place; comes with the scheduled times.</summary>
    internal required Span<double> Months { get; init; }

    /// <summary>The score at each visit had nobody left or missed it.</summary>
    internal required Span<double> Complete { get; init; }

    /// <summary>When the participant was randomised, in months of calendar time.</summary>
    internal required double EntryMonths { get; init; }

    /// <summary>The items at each visit; empty where the total alone is simulated.</summary>
    internal Span<byte> Items { get; init; }
}
