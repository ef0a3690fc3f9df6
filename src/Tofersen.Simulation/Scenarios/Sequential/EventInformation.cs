using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios.Sequential;

/// <summary>Information is the number of participants with an event, against a planned number: for analyses of the time to an
/// event.</summary>
public sealed record EventInformation : TrialInformation
{
    /// <summary>Planned number of participants with an event at the end of the trial, from 1 to 1,000,000.</summary>
    public required int Planned { get; init => field = Require.InRange(value, 1, 1_000_000); }

    /// <summary>The kinds of events that count; death or permanent ventilation by default.</summary>
    public ValueList<EventKind> Events
    {
        get;
        init
        {
            field = Require.NotEmpty(value);
            foreach (EventKind kind in field)
            {
                Require.Defined(kind);
            }
        }
    }

    = [EventKind.Death, EventKind.PermanentVentilation];
}
