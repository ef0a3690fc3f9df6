using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Treatments;

/// <summary>A treatment that changes nothing: the null hypothesis, and the natural history.</summary>
public sealed record NoEffect : ITreatmentEffect
{
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
    }
}
