namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>Whether a regression has enough observed rows to impute from.</summary>
internal static class EnoughObserved
{
    /// <summary>At least an intercept with its residual degrees of freedom, and every arm that shares the regression.</summary>
    internal static bool For(int rows, int activeRows, int observed, int observedActive)
    {
        bool hasActive = activeRows == 0 || observedActive > 0;
        bool hasControl = activeRows == rows || observedActive < observed;
        return observed > VisitRegressions.FewestDegreesOfFreedom && hasActive && hasControl;
    }
}
