namespace Tofersen.Simulation.Populations;

/// <summary>The continuous traits of a participant that can be correlated and restricted.</summary>
public enum Trait
{
    /// <summary>Latent ALSFRS-R total at randomisation.</summary>
    BaselineScore,

    /// <summary>Natural rate of decline.</summary>
    DeclineRate,

    /// <summary>Rate of decline before randomisation.</summary>
    PreRandomisationSlope,

    /// <summary>Plasma neurofilament light.</summary>
    NeurofilamentLight,

    /// <summary>Age at randomisation.</summary>
    Age,
}
