using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>How the latent course becomes data: when visits take place, which are missed, what is written down, what ends
/// follow-up.</summary>
public sealed record ObservationModel
{
    /// <summary>Hazards that end follow-up, competing; none by default.</summary>
    public ValueList<EventHazard> Events { get; init => field = CheckedEvents(value); } = [];

    /// <summary>Standard deviation of a visit's date around its schedule, in days, from 0 to 100; normal, cut off at the
    /// window. The baseline visit takes place on day 0.</summary>
    public double VisitJitterSdDays { get; init => field = Require.InRange(value, 0, 100); }

    /// <summary>Half-width of the visit window, in days, from 0 to 100. Windows may not overlap.</summary>
    public double VisitWindowDays { get; init => field = Require.InRange(value, 0, 100); }

    /// <summary>Probability that a participant in follow-up misses a visit after baseline; completely at random (MCAR) unless
    /// <see cref="IntermittentMissingness"/> says otherwise, and then that of somebody who has lost nothing.</summary>
    public double IntermittentMissingProbability { get; init => field = Require.Probability(value); }

    /// <summary>What missing a visit depends on; null, the default, for nothing.</summary>
    public IntermittentMissingness? IntermittentMissingness { get; init; }

    /// <summary>Stretches of calendar time in which visits are missed besides; none by default.</summary>
    public ValueList<MissedVisitBlock> MissedVisitBlocks { get; init => field = Require.Entries(value); } = [];

    /// <summary>How a score is written down.</summary>
    public ScoreRounding Rounding { get; init => field = Require.Defined(value); }

    /// <summary>Items of the ALSFRS-R, whose sum is then the total, in whole points whatever the <see cref="Rounding"/>; null to simulate the
    /// total alone.</summary>
    public ItemModel? Items { get; init; }

    /// <summary>Hazard of stopping treatment while staying in the trial; null for nobody does.</summary>
    public StopTreatmentHazard? StopTreatment { get; init => field = CheckedStop(value); }

    /// <summary>Whether the latent course is needed between visits.</summary>
    internal bool NeedsGrid =>
        VisitJitterSdDays > 0
        || StopTreatment is { DependsOnProgression: true }
        || Events.Any(e => e is ProgressionHazard or DropoutHazard { DependsOnLatent: true });

    private static ValueList<EventHazard> CheckedEvents(ValueList<EventHazard>? events)
    {
        Require.Entries(events, nameof(Events));
        if (events!.Select(e => e.Kind).Distinct().Count() != events!.Count)
        {
            throw new ArgumentException("Two hazards are of the same kind; each kind may appear once.", nameof(Events));
        }

        foreach (ProgressionHazard hazard in events.OfType<ProgressionHazard>())
        {
            CheckRateLimits(hazard.Kind.ToString(), hazard.RateMinimum, hazard.RateMaximum, nameof(Events));
        }

        return events;
    }

    private static StopTreatmentHazard? CheckedStop(StopTreatmentHazard? hazard)
    {
        if (hazard is not null)
        {
            CheckRateLimits("stopping treatment", hazard.RateMinimum, hazard.RateMaximum, nameof(StopTreatment));
        }

        return hazard;
    }

    private static void CheckRateLimits(string what, double minimum, double maximum, string name)
    {
        if (maximum < minimum)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The rate limits of {what} are {minimum} to {maximum}; the upper must not be below the lower."),
                name);
        }
    }
}
