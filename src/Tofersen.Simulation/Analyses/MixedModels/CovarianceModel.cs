using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>A covariance structure as a function of free parameters θ, with its derivatives.</summary>
/// <remarks>Matrices are padded rows of visits, full and symmetric.</remarks>
internal abstract class CovarianceModel(int visits)
{
    internal int Visits { get; } = visits;

    internal int Stride { get; } = VectorKernels.Padded(visits);

    internal abstract int Parameters { get; }

    /// <summary>Whether θ are the entries of Σ themselves, so that the Jacobian is the identity.</summary>
    internal virtual bool IsLinear => false;

    /// <summary>Whether one variance serves all visits.</summary>
    internal virtual bool SharesVariance => false;

    internal abstract void FillCovariance(ReadOnlySpan<double> theta, Span<double> sigma);

    /// <summary>Fills ∂Σ/∂θ_k, one matrix after another.</summary>
    internal abstract void FillDerivatives(ReadOnlySpan<double> theta, Span<double> derivatives);

    /// <summary>Fills ∂²Σ/∂θ_k∂θ_l.</summary>
    internal abstract void FillSecondDerivative(ReadOnlySpan<double> theta, int k, int l, Span<double> second);

    /// <summary>Parameters of a member near a matrix.</summary>
    /// <param name="sigma">A matrix with positive diagonal, not necessarily positive definite.</param>
    /// <param name="theta">Receives the parameters; the member is positive definite.</param>
    internal abstract void FillStart(ReadOnlySpan<double> sigma, Span<double> theta);

    internal static CovarianceModel Create(CovarianceStructure structure, int visits) => structure switch
    {
        CovarianceStructure.Unstructured => new UnstructuredCovariance(visits),
        CovarianceStructure.Toeplitz => new CorrelationModel(visits, CorrelationKind.Toeplitz, heterogeneous: false),
        CovarianceStructure.HeterogeneousToeplitz => new CorrelationModel(visits, CorrelationKind.Toeplitz, heterogeneous: true),
        CovarianceStructure.Ar1 => new CorrelationModel(visits, CorrelationKind.Autoregressive, heterogeneous: false),
        CovarianceStructure.HeterogeneousAr1 => new CorrelationModel(visits, CorrelationKind.Autoregressive, heterogeneous: true),
        CovarianceStructure.CompoundSymmetry => new CorrelationModel(visits, CorrelationKind.Constant, heterogeneous: false),
        CovarianceStructure.HeterogeneousCompoundSymmetry => new CorrelationModel(visits, CorrelationKind.Constant, heterogeneous: true),
        CovarianceStructure.Antedependence => new CorrelationModel(visits, CorrelationKind.Antedependence, heterogeneous: false),
        _ => new CorrelationModel(visits, CorrelationKind.Antedependence, heterogeneous: true),
    };
}
