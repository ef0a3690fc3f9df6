namespace Tofersen.Simulation.Analyses;

/// <summary>Test of the arm in a Cox regression.</summary>
public enum CoxTest
{
    /// <summary>Estimate over its standard error.</summary>
    Wald = 0,

    /// <summary>Gradient over the root of its variance at an arm coefficient of 0, the covariates at their own estimates there.
    /// Without covariates and ties it is the log-rank test.</summary>
    Score = 1,

    /// <summary>Signed root of twice the gain in log-likelihood that the arm brings.</summary>
    LikelihoodRatio = 2,
}
