namespace Tofersen.Simulation.Analyses;

/// <summary>On which side of a margin an effect is a benefit.</summary>
public enum BenefitDirection
{
    /// <summary>Larger effects are better: scores, ranks, responders.</summary>
    AboveMargin,

    /// <summary>Smaller effects are better: log hazard ratios, proportions with an event.</summary>
    BelowMargin,
}
