namespace Tofersen.Simulation.Analyses;

/// <summary>What a model of repeated measures assumes about the covariance of a participant's residuals.</summary>
/// <remarks>m visits. A heterogeneous structure has a variance for each visit, the others one variance for all. Correlations count visits,
/// not weeks: neighbouring visits are one step apart.</remarks>
public enum CovarianceStructure
{
    /// <summary>Any positive definite matrix; m(m + 1)/2 parameters.</summary>
    Unstructured = 0,

    /// <summary>One variance, one correlation for each distance; m parameters.</summary>
    Toeplitz,

    /// <summary>A variance a visit, one correlation for each distance; 2m − 1 parameters.</summary>
    HeterogeneousToeplitz,

    /// <summary>One variance, correlation ρ to the power of the distance; 2 parameters.</summary>
    Ar1,

    /// <summary>A variance a visit, correlation ρ to the power of the distance; m + 1 parameters.</summary>
    HeterogeneousAr1,

    /// <summary>One variance, one correlation; 2 parameters.</summary>
    CompoundSymmetry,

    /// <summary>A variance a visit, one correlation; m + 1 parameters.</summary>
    HeterogeneousCompoundSymmetry,

    /// <summary>One variance, a correlation for each pair of neighbours, products of them for others; m parameters.</summary>
    Antedependence,

    /// <summary>A variance a visit, a correlation for each pair of neighbours, products of them for others; 2m − 1 parameters. SAS calls
    /// it ANTE(1).</summary>
    HeterogeneousAntedependence,
}
