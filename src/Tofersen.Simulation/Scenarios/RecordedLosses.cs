namespace Tofersen.Simulation.Scenarios;

/// <summary>What is on record of a participant's loss of score at any time, as a step function.</summary>
/// <param name="months">When each visit takes place; the baseline first.</param>
/// <param name="losses">Points lost from baseline to the last observed visit up to each.</param>
internal readonly ref struct RecordedLosses(ReadOnlySpan<double> months, ReadOnlySpan<double> losses)
{
    internal ReadOnlySpan<double> Months { get; } = months;

    internal ReadOnlySpan<double> Losses { get; } = losses;
}
