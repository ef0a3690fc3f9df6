using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>What analyses of the time to an event have in common: which ends of follow-up are the event.</summary>
/// <remarks>Neighbouring times count as tied when they differ by no more than 1.49·10⁻⁸ (the square root of the machine
/// precision), absolutely or relative to the mean of the different times, as in R's <c>survival::aeqSurv</c>: times that went
/// through a change of units stay tied. A participant censored at the time of an event was at risk for it.</remarks>
public abstract record TimeToEventAnalysis : TwoArmAnalysis
{
    private protected TimeToEventAnalysis()
    {
    }

    /// <summary>The kinds of ends of follow-up that are the event; the others censor. Death or permanent ventilation by
    /// default.</summary>
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
