using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>A fitted rank-preserving structural failure time model.</summary>
/// <param name="Psi">ψ with the test of the randomised arms as they are.</param>
/// <param name="Roots">Every value of ψ in the search range at which the statistic changes its sign, rising. More than one: the
/// estimate is not unique.</param>
/// <param name="LogHazardRatio">Log hazard ratio of the active arm as observed against the control arm had nobody there been treated: a
/// Cox regression at the estimate of ψ. Test and p value are those of the arms as randomised, and the standard error is that which
/// gives this statistic, |estimate / z|, so that interval and p value agree.</param>
/// <param name="CoxStandardError">Standard error of the log hazard ratio by the Cox regression, which takes ψ as known and is too
/// small.</param>
/// <param name="AccelerationFactor">e^−ψ: by how much treatment stretches time.</param>
public sealed record RankPreservingFit(
    AnalysisResult Psi,
    ValueList<double> Roots,
    AnalysisResult LogHazardRatio,
    double CoxStandardError,
    double AccelerationFactor);
