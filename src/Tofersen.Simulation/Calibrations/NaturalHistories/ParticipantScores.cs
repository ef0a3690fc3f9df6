using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Calibrations.NaturalHistories;

/// <summary>Scores of a participant in order of time, at least one.</summary>
internal sealed record ParticipantScores(string Name, int Stratum, double[] Months, double[] Scores);

/// <summary>How long somebody was followed, and what ended it.</summary>
internal readonly record struct FollowUp(double Months, EventKind End);

/// <summary>What messages call columns and rows.</summary>
/// <param name="Time">The column of times, at the start of a sentence.</param>
/// <param name="Score">The column of scores.</param>
/// <param name="Row">A row by its position.</param>
internal sealed record RowNames(string Time, string Score, Func<int, string> Row)
{
    internal static RowNames Plain { get; } = new("The time", "The score", i => FormattableString.Invariant($"entry {i}"));
}
