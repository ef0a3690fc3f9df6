using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Survival;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>The test of a rank-preserving model by its definition.</summary>
internal static class PlainRankPreserving
{
    /// <summary>Z of the arms as randomised in the untreated times that belong to ψ.</summary>
    internal static double Statistic(SwitchingEntry[] entries, double psi, RankPreservingTest test, Recensoring recensoring)
    {
        bool Recensors(bool isActive) => recensoring == Recensoring.AllArms
            || (recensoring == Recensoring.SwitchingArms
                && entries.Any(e => e.IsActive == isActive && e.TreatedFraction != (isActive ? 1 : 0)));
        bool[] recensors = [Recensors(false), Recensors(true)];
        var untreated = entries.Select(e =>
        {
            double off = e.Observed.Time * (1 - e.TreatedFraction);
            double on = e.Observed.Time * e.TreatedFraction;

            // Rounded, because what is equal but for the last digits is tied.
            double time = Math.Round(off + (Math.Exp(psi) * on), 9);
            double limit = recensors[e.IsActive ? 1 : 0]
                ? Math.Round(Math.Min(e.Censoring, e.Censoring * Math.Exp(psi)), 9)
                : double.PositiveInfinity;
            return (
                Time: Math.Min(time, limit),
                IsEvent: e.Observed.IsEvent && time <= limit,
                Arm: e.IsActive ? 1 : 0,
                Stratum: FormattableString.Invariant($"{e.Observed.Stratum}"));
        }).ToArray();
        if (test == RankPreservingTest.LogRank)
        {
            var logRank = new PlainLogRank(untreated);
            return logRank.Variance > 1e-12
                ? (logRank.ExpectedActive - logRank.ObservedActive) / Math.Sqrt(logRank.Variance)
                : double.NaN;
        }

        var cox = new PlainCox(
            [.. untreated.Select(u => new PlainCoxRow(u.Time, u.IsEvent, u.Stratum, [u.Arm]))], TieHandling.Efron, 1);
        return cox.IsConverged && !cox.IsInfinite && !cox.Aliased[0] ? -cox.Beta[0] / Math.Sqrt(cox.Covariance[0, 0]) : double.NaN;
    }
}
