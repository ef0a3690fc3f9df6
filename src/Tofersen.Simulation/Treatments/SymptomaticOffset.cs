using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Treatments;

/// <summary>Symptomatic effect: an offset of the score that comes with exposure and goes with it, while the disease runs on
/// unchanged.</summary>
/// <remarks>The offset relaxes towards <see cref="Points"/> with <see cref="HalfTimeWeeks"/> on drug and towards 0 with
/// <see cref="WashoutHalfTimeWeeks"/> off drug. In a delayed-start trial late starters catch up.</remarks>
public sealed record SymptomaticOffset : ITreatmentEffect
{
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
        ref TrialRandom random,
        in EffectCourse course)
    {
        months.CopyTo(course.DiseaseMonths);
        course.RateMultiplier.Fill(1);
        var response = new ExposureResponse(0, HalfTimeWeeks, WashoutHalfTimeWeeks);
        for (int i = 0; i < months.Length; i++)
        {
            course.ScoreOffset[i] = Points * response.At(months[i], exposure);
        }
    }
}
