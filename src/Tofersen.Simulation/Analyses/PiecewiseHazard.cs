using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Hazards that are constant between cut points: events by time at risk, with exact Poisson intervals.</summary>
/// <remarks>Limits for d events in a time E at risk: χ²(α/2; 2d) / 2E and χ²(1 − α/2; 2d + 2) / 2E, the lower one 0 without events. An
/// event at a cut point belongs to the interval that ends there. Reference: Garwood 1936, doi 10.1093/biomet/28.3-4.437. Agrees with
/// R's <c>poisson.test</c>.</remarks>
public static class PiecewiseHazard
{
    /// <summary>Estimates the hazards of a sample.</summary>
    /// <param name="times">Times to event or censoring, finite and at least 0, in any unit.</param>
    /// <param name="events">Whether each time is that of an event; as long as <paramref name="times"/>.</param>
    /// <param name="cuts">Cut points above 0, rising; none for one hazard throughout.</param>
    /// <param name="alpha">One minus the level of the limits, from 10⁻⁶ to 0.999999.</param>
    /// <returns>One hazard from 0 to the first cut, one between each cut and the next, and one after the last.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a time is negative or not finite, or the cuts do not
    /// rise.</exception>
    public static ValueList<HazardRate> Estimate(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ValueList<double> cuts, double alpha = 0.05)
    {
        Require.SameLength(events.Length, times.Length, nameof(events), nameof(times));
        Require.Rising(Require.NotNull(cuts, nameof(cuts)), double.Epsilon, double.MaxValue, nameof(cuts));
        Require.InRange(alpha, 1e-6, 0.999999, nameof(alpha));
        foreach (double time in times)
        {
            Require.InRange(time, 0, double.MaxValue, nameof(times));
        }

        double z = StudentT.TwoSidedCriticalValue(alpha, double.PositiveInfinity);
        var rates = new HazardRate[cuts.Count + 1];
        for (int k = 0; k < rates.Length; k++)
        {
            double from = k == 0 ? 0 : cuts[k - 1];
            double to = k < cuts.Count ? cuts[k] : double.PositiveInfinity;
            double exposure = 0;
            int count = 0;
            for (int i = 0; i < times.Length; i++)
            {
                exposure += Math.Max(0, Math.Min(times[i], to) - from);
                count += events[i] && times[i] <= to && (times[i] > from || k == 0) ? 1 : 0;
            }

            rates[k] = Rate(from, to, count, exposure, z);
        }

        return [.. rates];
    }

    /// <summary>Estimates the hazards of one arm of a trial.</summary>
    /// <param name="data">The trial.</param>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="kinds">Ends of follow-up that are the event; the others censor.</param>
    /// <param name="cutMonths">Cut points in months since randomisation, above 0, rising.</param>
    /// <param name="alpha">One minus the level of the limits.</param>
    /// <returns>The hazards per month.</returns>
    /// <exception cref="ArgumentException">There is no such arm, or the cuts do not rise.</exception>
    public static ValueList<HazardRate> Estimate(
        TrialData data, int arm, ValueList<EventKind> kinds, ValueList<double> cutMonths, double alpha = 0.05)
    {
        (double[] times, bool[] events) = ArmTimes.Of(data, arm, kinds);
        Require.InRange(arm, 0, data.Layout.ArmNames.Count - 1, nameof(arm));
        return Estimate(times, events, cutMonths, alpha);
    }

    private static HazardRate Rate(double from, double to, int events, double exposure, double z)
    {
        double lower = events > 0 ? GammaQuantile.AtNormalScore(events, -z) : 0;
        double upper = GammaQuantile.AtNormalScore(events + 1, z);

        // 0 by 0, and an event at time 0 of participants who were never at risk for longer, have no rate.
        return exposure > 0
            ? new HazardRate(from, to, events, exposure, events / exposure, lower / exposure, upper / exposure)
            : new HazardRate(from, to, events, exposure, double.NaN, double.NaN, double.NaN);
    }
}
