using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;

namespace Tofersen.Simulation.Treatments;

/// <summary>Symptomatic effect: an offset of the score that comes with exposure and goes with it, while the disease runs on
/// unchanged.</summary>
/// <remarks>The offset relaxes towards <see cref="Points"/> with <see cref="HalfTimeWeeks"/> on drug and towards 0 with
/// <see cref="WashoutHalfTimeWeeks"/> off drug. In a delayed-start trial late starters catch up.</remarks>
public sealed record SymptomaticOffset : ITreatmentEffect
{
    private const double Ln2 = 0.69314718055994531;

    /// <summary>Full offset, in points; from −24 to 24, positive is better.</summary>
    public required double Points { get; init => field = Require.InRange(value, -24, 24); }

    /// <summary>Weeks on drug in which the offset comes half of the way; from 0 (at once) to 520.</summary>
    public double HalfTimeWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <summary>Weeks off drug in which the offset falls by half; from 0 (at once) to 520.</summary>
    public double WashoutHalfTimeWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <inheritdoc/>
    public bool DependsOnParticipant => false;

    /// <inheritdoc/>
    public void Fill(
        in Participant participant,
        ReadOnlySpan<ExposureInterval> exposure,
        ReadOnlySpan<double> months,
        EffectCourse course)
    {
        months.CopyTo(course.DiseaseMonths);
        course.RateMultiplier.Fill(1);
        for (int i = 0; i < months.Length; i++)
        {
            course.ScoreOffset[i] = Points * Share(exposure, months[i]);
        }
    }

    private double Share(ReadOnlySpan<ExposureInterval> exposure, double months)
    {
        double share = 0;
        double time = 0;
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

    private static double Remaining(double durationMonths, double halfTimeWeeks) =>
        halfTimeWeeks > 0 ? Math.Exp(-Ln2 * StudyTime.WeeksFromMonths(durationMonths) / halfTimeWeeks) : 0;
}
