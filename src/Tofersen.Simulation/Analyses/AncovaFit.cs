using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>A fitted analysis of covariance.</summary>
/// <remarks>A robust variance concerns <paramref name="Arm"/> alone; coefficients and LS means carry pooled standard
/// errors.</remarks>
/// <param name="Arm">Effect of the arm with its test.</param>
/// <param name="Coefficients">All coefficients: intercept, covariates, levels of factors against the first, arm.</param>
/// <param name="EqualMeans">LS means with the levels of factors counted equally and covariates at their means; control
/// first.</param>
/// <param name="ProportionalMeans">LS means with factors, too, at their means in the data; control first.</param>
/// <param name="ResidualSd">Residual standard deviation.</param>
/// <param name="DegreesOfFreedom">Residual degrees of freedom.</param>
public sealed record AncovaFit(
    AnalysisResult Arm,
    ValueList<Coefficient> Coefficients,
    ValueList<Coefficient> EqualMeans,
    ValueList<Coefficient> ProportionalMeans,
    double ResidualSd,
    int DegreesOfFreedom);
