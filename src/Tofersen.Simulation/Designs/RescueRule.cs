using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs;

/// <summary>When a participant of the control arm may begin drug before everybody does, or where nobody else would.</summary>
/// <remarks>The first visit after baseline that is not missed and at which the recorded loss has come to the threshold decides,
/// once: whoever accepts begins drug after the delay and stays on it until the planned end of treatment. Nobody is
/// rescued who has stopped treatment, left follow-up, or begun drug as planned by then. The course changes from the first dose on, and
/// every score up to it stays as it was.</remarks>
public sealed record RescueRule
{
    /// <summary>Points lost from baseline, as recorded, from which on a participant is offered drug; above 0, at most 48.</summary>
    public required double LossThreshold { get; init => field = Require.Above(value, 0, 48); }

    /// <summary>Weeks from the deciding visit to the first dose, from 0 to 520.</summary>
    public double DelayWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <summary>Probability that a participant who is offered drug takes it; 1 by default.</summary>
    public double AcceptanceProbability { get; init => field = Require.Probability(value); } = 1;
}
