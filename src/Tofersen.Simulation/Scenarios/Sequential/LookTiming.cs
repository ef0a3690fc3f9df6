namespace Tofersen.Simulation.Scenarios.Sequential;

/// <summary>When an interim look takes place: <see cref="CalendarTiming"/>, <see cref="InformationTiming"/> or
/// <see cref="FirstPeriodTiming"/>.</summary>
/// <remarks>The library's own are the only ones.</remarks>
public abstract record LookTiming
{
    private protected LookTiming()
    {
    }

    /// <summary>Checks that the timing can come about in a scenario.</summary>
    /// <exception cref="ArgumentException">It cannot; the message says what is needed.</exception>
    internal abstract void Validate(Scenario scenario, SequentialPlan plan);
}
