namespace Tofersen.Simulation.Analyses;

/// <summary>A test of all coefficients of a Cox model together.</summary>
/// <param name="ChiSquare">The statistic; NaN where it has no value, as Wald's with an infinite coefficient.</param>
/// <param name="DegreesOfFreedom">Number of coefficients that the data determine.</param>
/// <param name="PValue">Probability of a chi-squared variable at or above the statistic.</param>
public readonly record struct CoxModelTest(double ChiSquare, int DegreesOfFreedom, double PValue);
