namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>What is made of a rank-preserving model's roots.</summary>
internal static class RankPreservingEstimate
{
    /// <summary>ψ with its interval and the test of the arms as randomised.</summary>
    internal static AnalysisResult Psi(RankPreservingEngine engine, double lowest, double highest, double critical)
    {
        double z = engine.IntentionToTreat();
        (double lower, double upper) = engine.Solve(lowest, highest, critical);
        if (engine.RootCount == 0 || double.IsNaN(z))
        {
            return AnalysisResult.NotEstimable(engine.Count);
        }

        double estimate = engine.Roots[engine.RootCount / 2];
        bool hasLower = double.IsFinite(lower);
        bool hasUpper = double.IsFinite(upper);
        double standardError = (hasLower, hasUpper) switch
        {
            (true, true) => (upper - lower) / (2 * critical),
            (true, false) => (estimate - lower) / critical,
            (false, true) => (upper - estimate) / critical,
            _ => double.NaN,
        };
        return AnalysisResult.FromZ(estimate, standardError, z, critical, engine.Count) with
        {
            Lower = lower,
            Upper = upper,
            Status = engine.RootCount > 1 ? AnalysisStatus.NotConverged
                : hasLower && hasUpper ? AnalysisStatus.Converged
                : AnalysisStatus.Boundary,
        };
    }

    /// <summary>Log hazard ratio of the active arm as observed against the control arm untreated, with the test of the arms as randomised, and
    /// the standard error by Cox's model.</summary>
    internal static (AnalysisResult LogHazardRatio, double CoxStandardError) LogHazardRatio(
        RankPreservingEngine engine, in AnalysisResult psi, double critical)
    {
        (double ratio, double coxError) = double.IsNaN(psi.Estimate) ? (double.NaN, double.NaN) : engine.Counterfactual(psi.Estimate);
        if (double.IsNaN(ratio))
        {
            return (AnalysisResult.NotEstimable(engine.Count), double.NaN);
        }

        double standardError = Math.Abs(ratio / psi.Statistic);
        AnalysisResult result = AnalysisResult.FromZ(ratio, standardError, psi.Statistic, critical, engine.Count);
        return (result with { Status = psi.Status }, coxError);
    }
}
