namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>What the methods of degrees of freedom have in common in all mixed models.</summary>
internal static class MethodRules
{
    /// <summary>Whether the method adjusts standard errors, as both of Kenward and Roger's do.</summary>
    internal static bool IsKenwardRoger(this DegreesOfFreedomMethod method) =>
        method is DegreesOfFreedomMethod.KenwardRoger or DegreesOfFreedomMethod.KenwardRogerLinear;

    /// <summary>Whether the method is defined for the estimation: Kenward and Roger's is for restricted likelihood.</summary>
    internal static bool GoesWith(this DegreesOfFreedomMethod method, LikelihoodEstimation estimation) =>
        estimation == LikelihoodEstimation.Reml || !method.IsKenwardRoger();
}
