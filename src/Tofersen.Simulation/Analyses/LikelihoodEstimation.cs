namespace Tofersen.Simulation.Analyses;

/// <summary>What a mixed model maximises.</summary>
public enum LikelihoodEstimation
{
    /// <summary>Restricted maximum likelihood (REML): the likelihood of the residual contrasts, which does not count the fixed effects
    /// as known.</summary>
    Reml = 0,

    /// <summary>Maximum likelihood (ML).</summary>
    Ml = 1,
}
