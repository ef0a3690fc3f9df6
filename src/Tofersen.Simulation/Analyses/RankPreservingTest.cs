namespace Tofersen.Simulation.Analyses;

/// <summary>Test of the randomised arms by which a rank-preserving model is fitted.</summary>
public enum RankPreservingTest
{
    /// <summary>Log-rank test.</summary>
    LogRank = 0,

    /// <summary>Wald's test of a Cox regression on the arm, Efron's ties.</summary>
    CoxWald = 1,
}
