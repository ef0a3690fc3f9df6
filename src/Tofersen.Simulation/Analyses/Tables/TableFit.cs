using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>What is to be said of a fit as a whole; null where a method has nothing of the kind.</summary>
/// <param name="MinusTwoLogLikelihood">−2 log likelihood: restricted, full or partial, as the method maximises.</param>
/// <param name="Covariance">Covariance of the responses at the visits, or of the random effects: row by row.</param>
/// <param name="ResidualVariance">Residual variance.</param>
/// <param name="CovarianceStructure">The structure that a model of repeated measures stands on.</param>
/// <param name="Iterations">Steps of the iteration.</param>
/// <param name="GradientNorm">Distance from the optimum in standard errors of the parameters.</param>
public sealed record TableFit(
    double? MinusTwoLogLikelihood = null,
    ValueList<ValueList<double>>? Covariance = null,
    double? ResidualVariance = null,
    CovarianceStructure? CovarianceStructure = null,
    int? Iterations = null,
    double? GradientNorm = null)
{
    /// <summary>What the rows and columns of <see cref="Covariance"/> stand for: visits, or random effects; null where there is none.</summary>
    public ValueList<string>? CovarianceNames { get; init; }
}
