namespace Tofersen.Simulation.Calibrations;

/// <summary>How far a number can be trusted to be what was published.</summary>
public enum SourceKind
{
    /// <summary>Printed in a publication, a label or a registry.</summary>
    Published,

    /// <summary>Worked out from published numbers.</summary>
    Derived,

    /// <summary>Fitted so that simulated trials reproduce published results; see METHODS.md.</summary>
    Fitted,

    /// <summary>Nobody has published it: a judgement.</summary>
    Assumption,
}
