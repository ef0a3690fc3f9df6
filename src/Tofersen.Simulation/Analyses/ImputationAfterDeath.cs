namespace Tofersen.Simulation.Analyses;

/// <summary>What an imputation does about participants who died before the visit that is analysed.</summary>
public enum ImputationAfterDeath
{
    /// <summary>Their scores are imputed as if they had lived on: the hypothetical strategy.</summary>
    Impute,

    /// <summary>They take no part, neither in the regressions nor in the analysis: the result is about survivors and not protected by
    /// randomisation.</summary>
    Exclude,
}
