namespace Tofersen.Simulation.Analyses;

/// <summary>The participants of a joint rank analysis, column by column.</summary>
internal readonly ref struct RankedParticipants
{
    /// <summary>Numbers of the participants in the trial.</summary>
    internal required ReadOnlySpan<int> Numbers { get; init; }

    /// <summary>1 for the active arm, 0 for control.</summary>
    internal required ReadOnlySpan<int> IsActive { get; init; }

    /// <summary>Months to a death by the horizon; infinite for the others.</summary>
    internal required ReadOnlySpan<double> DeathMonths { get; init; }

    /// <summary>Months of follow-up.</summary>
    internal required ReadOnlySpan<double> FollowUpMonths { get; init; }

    /// <summary>Wins − losses.</summary>
    internal required Span<int> Scores { get; init; }
}
