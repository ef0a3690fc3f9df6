using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>A rank-preserving model by walking along ψ and halving where the test changes its sign.</summary>
internal static class PlainSwitching
{
    private const int Points = 121;
    private const double Lowest = -3;
    private const double Highest = 3;
    private const double Critical = 1.959963984540054;

    /// <summary>ψ with the limits of its interval; NaN where there is none in the range.</summary>
    internal static (double Psi, double Lower, double Upper) Fit(PlainParticipant[] trial, double week, EventKind[] events)
    {
        double end = StudyTime.MonthsFromWeeks(week);
        SwitchingEntry[] entries =
        [
            .. trial.Select(p => new SwitchingEntry(
                new EventTime(p.FollowUpMonths, events.Contains(p.End), 0),
                p.TreatedShare,
                p.IsActive,
                Math.Max(end, p.FollowUpMonths))),
        ];
        double Z(double psi) => PlainRankPreserving.Statistic(entries, psi, RankPreservingTest.LogRank, Recensoring.SwitchingArms);
        double[] at = [.. Enumerable.Range(0, Points).Select(i => Lowest + ((Highest - Lowest) * i / (Points - 1)))];
        double[] z = [.. at.Select(Z)];
        double[] roots = [Cross(Z, at, z, Critical), Cross(Z, at, z, -Critical)];
        return (Cross(Z, at, z, 0), roots.Min(), roots.Max());
    }

    private static double Cross(Func<double, double> z, double[] at, double[] values, double level)
    {
        for (int i = 1; i < at.Length; i++)
        {
            if ((values[i - 1] - level) * (values[i] - level) <= 0)
            {
                (double low, double high) = (at[i - 1], at[i]);
                for (int halving = 0; halving < 40; halving++)
                {
                    double middle = (low + high) / 2;
                    bool isBefore = (values[i - 1] - level) * (z(middle) - level) > 0;
                    (low, high) = isBefore ? (middle, high) : (low, middle);
                }

                return (low + high) / 2;
            }
        }

        return double.NaN;
    }
}
