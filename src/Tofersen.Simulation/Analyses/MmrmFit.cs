using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>A fitted mixed model for repeated measures.</summary>
/// <param name="Status">How the fit ended; the numbers count only where it converged.</param>
/// <param name="Contrasts">Difference of the arms at each visit of the model, active − control, with its test.</param>
/// <param name="ContrastCovariance">Covariance of the differences: row by row, one row a visit.</param>
/// <param name="ControlMeans">LS means of the control arm at each visit: factors' levels counted equally, covariates at their means over
/// participants.</param>
/// <param name="ActiveMeans">LS means of the active arm.</param>
/// <param name="Coefficients">All fixed effects; NaN where a column depends on earlier ones.</param>
/// <param name="Covariance">Estimated covariance between visits: row by row.</param>
/// <param name="Structure">The structure that the fit stands on: the first, or one of the fallbacks.</param>
/// <param name="MinusTwoLogLikelihood">−2 log (restricted) likelihood.</param>
/// <param name="Iterations">Steps taken; 0 for the closed form.</param>
/// <param name="GradientNorm">Distance from the optimum: the gradient in the metric of the information, in standard errors of the
/// covariance parameters; 0 for the closed form.</param>
/// <param name="Participants">Participants in the model.</param>
/// <param name="Observations">Scores in the model.</param>
public sealed record MmrmFit(
    AnalysisStatus Status,
    ValueList<AnalysisResult> Contrasts,
    ValueList<ValueList<double>> ContrastCovariance,
    ValueList<Coefficient> ControlMeans,
    ValueList<Coefficient> ActiveMeans,
    ValueList<Coefficient> Coefficients,
    ValueList<ValueList<double>> Covariance,
    CovarianceStructure Structure,
    double MinusTwoLogLikelihood,
    int Iterations,
    double GradientNorm,
    int Participants,
    int Observations);
