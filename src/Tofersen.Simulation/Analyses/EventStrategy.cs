namespace Tofersen.Simulation.Analyses;

/// <summary>What an estimand makes of an intercurrent event (ICH E9(R1)).</summary>
public enum EventStrategy
{
    /// <summary>The event is part of what is compared: values after it count as they are. Not for death, after which there are none.
    /// </summary>
    TreatmentPolicy = 0,

    /// <summary>As if the event had not happened: values after it do not count, and the analysis takes them as missing.</summary>
    Hypothetical,

    /// <summary>The event is itself an outcome: from then on the score is a fixed bad one.</summary>
    Composite,

    /// <summary>What counts is the time before the event: its last value stands for all later ones. While alive, where the event is
    /// death; while on the randomised treatment, where it is a switch.</summary>
    WhileOnTreatment,
}
