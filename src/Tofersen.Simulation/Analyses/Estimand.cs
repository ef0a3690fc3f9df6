using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>Strategies for the intercurrent events of a trial: they decide which data an analysis sees and what it is meant to
/// estimate.</summary>
/// <remarks>The defaults are those of an analysis of observed scores: hypothetical for death, ventilation and withdrawal, treatment policy
/// for the switch of the delayed-start arm, for stopping treatment and for rescue.</remarks>
public sealed record Estimand
{
    /// <summary>Strategy for death: hypothetical, composite, or while alive.</summary>
    public EventStrategy Death { get; init => field = NotPolicy(value); } = EventStrategy.Hypothetical;

    /// <summary>Strategy for permanent ventilation, which ends follow-up: hypothetical, composite, or while not ventilated.</summary>
    public EventStrategy PermanentVentilation { get; init => field = NotPolicy(value); } = EventStrategy.Hypothetical;

    /// <summary>Strategy for leaving the trial alive, whatever the reason: hypothetical, composite, or while in the trial.</summary>
    public EventStrategy Withdrawal { get; init => field = NotPolicy(value); } = EventStrategy.Hypothetical;

    /// <summary>Strategy for the switch of an arm that begins treatment later than at randomisation: treatment policy, hypothetical (as if
    /// it had not), or while on the randomised treatment. Not composite. Where it is hypothetical, an event after the switch does not count
    /// in the data either; otherwise events count whenever they happen.</summary>
    public EventStrategy Switch
    {
        get;
        init => field = Require.Defined(value) != EventStrategy.Composite
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Switch), value, "Must be TreatmentPolicy, Hypothetical or WhileOnTreatment: a switch is no bad outcome.");
    } = EventStrategy.TreatmentPolicy;

    /// <summary>Strategy for stopping treatment while staying in the trial: treatment policy, the default; hypothetical (as if treatment had
    /// gone on as planned); composite; or while on treatment. Where it is hypothetical, later events do not count in the data.</summary>
    public EventStrategy TreatmentStop { get; init => field = Require.Defined(value); } = EventStrategy.TreatmentPolicy;

    /// <summary>Strategy for rescue, a participant of the control arm who begins drug early because of what was seen: treatment policy, the
    /// default; hypothetical (as if there were none); composite; or while on the randomised treatment. As for
    /// <see cref="TreatmentStop"/>, later events do not count where it is hypothetical.</summary>
    public EventStrategy Rescue { get; init => field = Require.Defined(value); } = EventStrategy.TreatmentPolicy;

    /// <summary>ALSFRS-R total that a composite strategy gives from the event on, in points; from 0 to 48, 0 by default, the worst.</summary>
    public double CompositeScore { get; init => field = Require.InRange(value, 0, 48); }

    private static EventStrategy NotPolicy(EventStrategy value, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        Require.Defined(value, name) != EventStrategy.TreatmentPolicy
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, "Must be Hypothetical, Composite or WhileOnTreatment: there are no values after the event.");
}
