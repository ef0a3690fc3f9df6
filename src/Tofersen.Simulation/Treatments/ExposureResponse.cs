using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Treatments;

/// <summary>A response to exposure: it relaxes towards 1 on drug and towards 0 off drug, from a lag after each change on.</summary>
internal readonly record struct ExposureResponse(double LagWeeks, double HalfTimeWeeks, double WashoutHalfTimeWeeks)
{
    private const double Ln2 = 0.69314718055994531;

    /// <summary>The response at a time, from 0 to 1.</summary>
    internal double At(double months, ReadOnlySpan<ExposureInterval> exposure)
    {
        double share = 0;
        double time = 0;
        months -= StudyTime.MonthsFromWeeks(LagWeeks);
        foreach (ExposureInterval interval in exposure)
        {
            // The first dose follows the baseline visit of the same moment, and the last moment on drug is on drug.
            if (months <= interval.StartMonths)
            {
                break;
            }

            share *= Remaining(interval.StartMonths - time, WashoutHalfTimeWeeks);
            time = Math.Min(months, interval.StopMonths);
            share = 1 - ((1 - share) * Remaining(time - interval.StartMonths, HalfTimeWeeks));
            if (months <= interval.StopMonths)
            {
                return share;
            }
        }

        return share * Remaining(months - time, WashoutHalfTimeWeeks);
    }

    // A lag puts the baseline before the beginning, when there is nothing to wear off.
    private static double Remaining(double durationMonths, double halfTimeWeeks) =>
        halfTimeWeeks > 0 ? Math.Exp(-Ln2 * StudyTime.WeeksFromMonths(Math.Max(0, durationMonths)) / halfTimeWeeks) : 0;
}
