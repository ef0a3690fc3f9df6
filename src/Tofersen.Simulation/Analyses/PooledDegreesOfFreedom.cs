namespace Tofersen.Simulation.Analyses;

/// <summary>Degrees of freedom of a test that is pooled over imputations.</summary>
public enum PooledDegreesOfFreedom
{
    /// <summary>For small samples: never more than the complete data would have (Barnard and Rubin 1999, doi
    /// 10.1093/biomet/86.4.948).</summary>
    BarnardRubin,

    /// <summary>For large samples: (M − 1) / λ² (Rubin 1987, doi 10.1002/9780470316696).</summary>
    Rubin,
}
