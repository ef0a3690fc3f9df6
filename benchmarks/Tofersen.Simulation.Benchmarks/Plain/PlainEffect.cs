using Tofersen.Simulation.Common;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>Effects of one stretch on drug, time after time by their formulas.</summary>
internal static class PlainEffect
{
    /// <summary>Fraction of the rate that remains, and disease age, at a time.</summary>
    /// <remarks>E = max · (1 − 2^(−t/h)) from the lag on; after the end of the stretch what is left halves with the wash-out.</remarks>
    internal static (double RateMultiplier, double DiseaseMonths) At(SlopeReduction effect, ExposureInterval exposure, double months)
    {
        double start = exposure.StartMonths + StudyTime.MonthsFromWeeks(effect.LagWeeks);
        double stop = exposure.StopMonths + StudyTime.MonthsFromWeeks(effect.LagWeeks);
        if (months <= start)
        {
            return (1, months);
        }

        double onset = Math.Log(2) / StudyTime.MonthsFromWeeks(effect.HalfTimeWeeks);
        double on = Math.Min(months, stop) - start;
        double response = 1 - Math.Exp(-onset * on);
        double area = on - (response / onset);
        if (months > stop)
        {
            double washout = Math.Log(2) / StudyTime.MonthsFromWeeks(effect.WashoutHalfTimeWeeks);
            area += response * (1 - Math.Exp(-washout * (months - stop))) / washout;
            response *= Math.Exp(-washout * (months - stop));
        }

        return (1 - (effect.MaxReduction * response), months - (effect.MaxReduction * area));
    }

    /// <summary>Points of a symptomatic effect at a time.</summary>
    internal static double At(SymptomaticOffset effect, ExposureInterval exposure, double months) =>
        effect.Points * Response(effect.HalfTimeWeeks, effect.WashoutHalfTimeWeeks, 0, exposure, months);

    /// <summary>A response that comes with one half-time and goes with another.</summary>
    internal static double Response(double halfTimeWeeks, double washoutHalfTimeWeeks, double lagWeeks, ExposureInterval exposure, double months)
    {
        double since = StudyTime.WeeksFromMonths(months - exposure.StartMonths) - lagWeeks;
        double afterStop = StudyTime.WeeksFromMonths(months - exposure.StopMonths) - lagWeeks;
        double on = Math.Min(since, since - afterStop);
        return since <= 0 ? 0 : (1 - Math.Pow(2, -on / halfTimeWeeks)) * Math.Pow(2, -Math.Max(0, afterStop) / washoutHalfTimeWeeks);
    }
}
