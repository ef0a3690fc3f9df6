using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Treatments;

/// <summary>An effect on events alone: while on drug, every hazard that depends on progression is multiplied by a hazard ratio; the
/// score and its rate of decline stay as they are.</summary>
/// <remarks>
/// <para>Constant hazards, such as withdrawals for other reasons, are untouched. On drug means from the start of an interval up to
/// its stop. Hazards are integrated on a weekly grid, so that the change is spread over the week in which it comes, except at
/// randomisation.</para>
/// <para>The ratio is a participant's own. Where risks differ between participants, the ratio over the population is nearer to
/// 1, and more so the longer the follow-up.</para>
/// <para>Stands for riluzole, whose hazard ratio for death or tracheostomy is 0.84 (95 % interval 0.698 to 0.997, 1,282
/// participants; Cochrane review) and whose effect on the score is not established. Combine it with an effect on the rate
/// through <see cref="CombinedEffect"/>: both change the hazard, so an effect that slows decline needs a ratio on top of what
/// slower decline does.</para>
/// </remarks>
public sealed record HazardReduction : ITreatmentEffect
{
    /// <summary>Hazard ratio on drug; from 0.001 to 1,000, below 1 favours treatment.</summary>
    public required double HazardRatio { get; init => field = Require.InRange(value, 0.001, 1_000); }

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
        course.ScoreOffset.Clear();
        double shift = Math.Log(HazardRatio);
        Span<double> logHazardShift = course.LogHazardShift;
        for (int i = 0; i < logHazardShift.Length; i++)
        {
            logHazardShift[i] += IsOnDrug(exposure, months[i]) ? shift : 0;
        }
    }

    private static bool IsOnDrug(ReadOnlySpan<ExposureInterval> exposure, double months)
    {
        foreach (ExposureInterval interval in exposure)
        {
            if (months >= interval.StartMonths && months < interval.StopMonths)
            {
                return true;
            }
        }

        return false;
    }
}
