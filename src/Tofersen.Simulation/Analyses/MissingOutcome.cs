namespace Tofersen.Simulation.Analyses;

/// <summary>What becomes of a participant whose yes-or-no outcome was not seen.</summary>
public enum MissingOutcome
{
    /// <summary>Counts as no: not a responder, or free of the event.</summary>
    CountsAsNo,

    /// <summary>Left out of the analysis.</summary>
    Excluded,
}
