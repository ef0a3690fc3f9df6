using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The power of an analysis by the end of follow-up.</summary>
public sealed record FollowUpResult
{
    /// <summary>The scenario with the one analysis, not cut.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Name of the analysis.</summary>
    public required string Analysis { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of replicates at each week.</summary>
    public required int Replicates { get; init; }

    /// <summary>The ends of follow-up, in rising order.</summary>
    public required ValueList<FollowUpWeek> Weeks { get; init; }

    /// <summary>The week with the highest power; the earliest of several.</summary>
    public required double BestWeek { get; init; }

    /// <summary>The longest useful follow-up: the first week that no later one beats beyond Monte Carlo error. Later ones may still be better by less
    /// than the replicates can show.</summary>
    /// <remarks>A later week beats it where the exact paired test of McNemar says so at a level of 5 % over the number of
    /// <see cref="Comparisons"/>.</remarks>
    public required double LongestUsefulWeek { get; init; }

    /// <summary>Number of pairs of weeks.</summary>
    public int Comparisons => Weeks.Count * (Weeks.Count - 1) / 2;

    internal RejectionLog[] Logs { get; init; } = [];

    /// <summary>Compares the power at two ends of follow-up on the same participants.</summary>
    /// <param name="first">One of <see cref="Weeks"/>.</param>
    /// <param name="second">Another one.</param>
    /// <returns>In how many replicates the analysis rejects at both, one or none of them.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such week.</exception>
    /// <exception cref="InvalidOperationException">The result does not come from a search.</exception>
    public PairedComparison Compare(double first, double second)
    {
        (int a, int b) = (IndexOf(first, nameof(first)), IndexOf(second, nameof(second)));
        return Logs.Length > 0
            ? FollowUp.Compare(Logs[a], Logs[b])
            : throw new InvalidOperationException("Only a result that a search gave can compare its weeks.");
    }

    /// <summary>Compares what is shown; the logs of replicates follow from it.</summary>
    /// <param name="other">Another result.</param>
    /// <returns>Whether both say the same.</returns>
    public bool Equals(FollowUpResult? other) =>
        other is not null && Scenario.Equals(other.Scenario) && Analysis == other.Analysis && Seed == other.Seed
        && Replicates == other.Replicates && Weeks.Equals(other.Weeks) && BestWeek.Equals(other.BestWeek)
        && LongestUsefulWeek.Equals(other.LongestUsefulWeek);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Scenario, Analysis, Seed, Replicates, Weeks);

    private int IndexOf(double week, string parameter)
    {
        for (int i = 0; i < Weeks.Count; i++)
        {
            if (Math.Abs(Weeks[i].Week - week) < 1e-9)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(
            parameter, week, $"Must be one of weeks {string.Join(", ", Weeks.Select(w => FormattableString.Invariant($"{w.Week}")))}.");
    }
}
