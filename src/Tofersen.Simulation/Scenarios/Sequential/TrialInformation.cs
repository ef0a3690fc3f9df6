namespace Tofersen.Simulation.Scenarios.Sequential;

/// <summary>What a plan counts as information: <see cref="VisitInformation"/>, <see cref="EventInformation"/> or
/// <see cref="StatisticalInformation"/>.</summary>
/// <remarks>The library's own are the only ones.</remarks>
public abstract record TrialInformation
{
    private protected TrialInformation()
    {
    }
}
