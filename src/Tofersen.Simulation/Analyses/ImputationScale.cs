namespace Tofersen.Simulation.Analyses;

/// <summary>Scale on which values are imputed.</summary>
public enum ImputationScale
{
    /// <summary>As observed, for scores.</summary>
    AsObserved,

    /// <summary>Natural logarithm, for biomarkers: values are exponentiated again before the analysis. All observed values must be
    /// above 0.</summary>
    Log,
}
