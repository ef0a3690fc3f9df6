namespace Tofersen.Simulation.Scenarios;

/// <summary>Where a participant's visits are written down; the spans of months and scores have one entry a visit.</summary>
/// <param name="months">When each visit takes place; comes with the scheduled times.</param>
/// <param name="complete">The score at each visit had nobody left or missed it.</param>
/// <param name="entryMonths">When the participant was randomised, in months of calendar time.</param>
/// <param name="items">The items at each visit; empty where the total alone is simulated.</param>
internal readonly ref struct VisitRecord(Span<double> months, Span<double> complete, double entryMonths, Span<byte> items)
{
    internal Span<double> Months { get; } = months;

    internal Span<double> Complete { get; } = complete;

    internal double EntryMonths { get; } = entryMonths;

    internal Span<byte> Items { get; } = items;
}
