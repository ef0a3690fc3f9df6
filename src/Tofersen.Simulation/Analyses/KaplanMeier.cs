using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Kaplan–Meier estimate of a survival function.</summary>
/// <remarks>Variance by Greenwood; limits on the log(−log) scale. Times count as tied as in
/// <see cref="TimeToEventAnalysis"/>, at the first of them. Agrees with R's <c>survfit(conf.type = "log-log")</c>.
/// Reference: Kaplan and Meier 1958, doi 10.1080/01621459.1958.10501452.</remarks>
public static class KaplanMeier
{
    /// <summary>Estimates a survival function.</summary>
    /// <param name="times">Times to event or censoring, finite and at least 0, in any unit.</param>
    /// <param name="events">Whether each time is that of an event; as long as <paramref name="times"/>.</param>
    /// <param name="alpha">One minus the level of the limits, above 0 and below 1.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentException">The lengths differ, there are no times, or one is negative or not finite.</exception>
    public static SurvivalCurve Estimate(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, double alpha = 0.05)
    {
        Require.SameLength(events.Length, times.Length, nameof(events), nameof(times));
        Require.InRange(alpha, 1e-6, 0.999999, nameof(alpha));
        if (times.IsEmpty)
        {
            throw new ArgumentException("Must hold at least one time.", nameof(times));
        }

        foreach (double time in times)
        {
            Require.InRange(time, 0, double.MaxValue, nameof(times));
        }

        double[] sorted = times.ToArray();
        bool[] isEvent = events.ToArray();
        Array.Sort(sorted, isEvent);
        TiedTimes.Unite(sorted);
        double z = StudentT.TwoSidedCriticalValue(alpha, double.PositiveInfinity);
        var points = new List<SurvivalPoint>();
        double survival = 1;
        double greenwood = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            int died = 0;
            for (; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
                died += isEvent[end] ? 1 : 0;
            }

            int atRisk = sorted.Length - start;
            survival *= (double)(atRisk - died) / atRisk;
            greenwood += (double)died / ((double)atRisk * (atRisk - died));
            points.Add(Point(sorted[start], atRisk, died, end - start - died, survival, greenwood, z));
            start = end;
        }

        return new SurvivalCurve([.. points]);
    }

    /// <summary>Estimates the survival function of one arm of a trial.</summary>
    /// <param name="data">The trial.</param>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="kinds">Ends of follow-up that are the event; the others censor.</param>
    /// <param name="alpha">One minus the level of the limits.</param>
    /// <returns>The curve, times in months since randomisation.</returns>
    /// <exception cref="ArgumentException">The arm has no participants.</exception>
    public static SurvivalCurve Estimate(TrialData data, int arm, ValueList<EventKind> kinds, double alpha = 0.05)
    {
        (double[] times, bool[] events) = ArmTimes.Of(data, arm, kinds);
        return times.Length > 0
            ? Estimate(times, events, alpha)
            : throw new ArgumentException(
                FormattableString.Invariant($"Arm {arm} has no participants; there are {data.Layout.ArmNames.Count} arms."),
                nameof(arm));
    }

    private static SurvivalPoint Point(
        double time, int atRisk, int events, int censored, double survival, double greenwood, double z)
    {
        double lower = double.NaN;
        double upper = double.NaN;
        if (survival is > 0 and < 1)
        {
            double log = Math.Log(survival);
            double width = z * Math.Sqrt(greenwood) / Math.Abs(log);
            lower = Math.Exp(log * Math.Exp(width));
            upper = Math.Exp(log * Math.Exp(-width));
        }

        double standardError = survival > 0 ? survival * Math.Sqrt(greenwood) : double.NaN;
        return new SurvivalPoint(time, atRisk, events, censored, survival, standardError, lower, upper);
    }
}
