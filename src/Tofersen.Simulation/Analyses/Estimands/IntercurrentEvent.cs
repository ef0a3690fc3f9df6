namespace Tofersen.Simulation.Analyses.Estimands;

/// <summary>Something that happens to a participant's treatment while follow-up goes on, with the strategy for it.</summary>
/// <param name="Months">When.</param>
/// <param name="Strategy">What the estimand makes of it.</param>
internal readonly record struct IntercurrentEvent(double Months, EventStrategy Strategy)
{
    /// <summary>Most events of a participant.</summary>
    internal const int Most = 3;

    /// <summary>Lists a participant's events that change anything, in order of time.</summary>
    /// <param name="strategies">The strategies.</param>
    /// <param name="stopMonths">When treatment was stopped; not finite for never.</param>
    /// <param name="rescueMonths">When rescue began; not finite for never.</param>
    /// <param name="switchMonths">When drug began as planned after randomisation; not finite for never.</param>
    /// <param name="events">Receives the events; length <see cref="Most"/>.</param>
    /// <returns>How many there are.</returns>
    internal static int List(
        Estimand strategies, double stopMonths, double rescueMonths, double switchMonths, Span<IntercurrentEvent> events)
    {
        int count = 0;
        Add(new IntercurrentEvent(stopMonths, strategies.TreatmentStop), events, ref count);
        Add(new IntercurrentEvent(rescueMonths, strategies.Rescue), events, ref count);
        Add(new IntercurrentEvent(switchMonths, strategies.Switch), events, ref count);
        return count;
    }

    private static void Add(IntercurrentEvent added, Span<IntercurrentEvent> events, ref int count)
    {
        if (added.Strategy == EventStrategy.TreatmentPolicy || !double.IsFinite(added.Months))
        {
            return;
        }

        int i = count++;
        for (; i > 0 && events[i - 1].Months > added.Months; i--)
        {
            events[i] = events[i - 1];
        }

        events[i] = added;
    }
}
