namespace Tofersen.Simulation.Observations;

/// <summary>Which course of a treatment effect moves a biomarker that has no response of its own.</summary>
public enum BiomarkerDriver
{
    /// <summary>None: the treatment does not move it.</summary>
    None,

    /// <summary>SOD1 in the cerebrospinal fluid.</summary>
    Sod1,

    /// <summary>Plasma neurofilament light.</summary>
    NeurofilamentLight,
}
