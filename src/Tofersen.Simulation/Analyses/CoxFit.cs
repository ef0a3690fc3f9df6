using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>A fitted Cox regression.</summary>
/// <param name="Arm">Log hazard ratio of the arms with its test.</param>
/// <param name="Coefficients">All coefficients: covariates, levels of factors against the first, arm. Both numbers are NaN where the
/// data do not determine a coefficient; one that grows without limit is infinite, its standard error NaN.</param>
/// <param name="Covariance">Covariance of the coefficients, row by row; NaN for those without a finite estimate.</param>
/// <param name="Participants">Participants in the model.</param>
/// <param name="Events">Events among them.</param>
/// <param name="LogLikelihoodAtZero">Partial log-likelihood with all coefficients 0.</param>
/// <param name="LogLikelihood">Partial log-likelihood at the maximum, or at its limit where a coefficient is infinite.</param>
/// <param name="LikelihoodRatio">Likelihood ratio test of all coefficients.</param>
/// <param name="Wald">Wald's test of all coefficients.</param>
/// <param name="Score">Score test of all coefficients.</param>
/// <param name="Iterations">Newton steps.</param>
/// <param name="GradientNorm">Length of the gradient at the end, columns scaled to a mean absolute deviation of 1.</param>
public sealed record CoxFit(
    AnalysisResult Arm,
    ValueList<Coefficient> Coefficients,
    ValueList<double> Covariance,
    int Participants,
    int Events,
    double LogLikelihoodAtZero,
    double LogLikelihood,
    CoxModelTest LikelihoodRatio,
    CoxModelTest Wald,
    CoxModelTest Score,
    int Iterations,
    double GradientNorm);
