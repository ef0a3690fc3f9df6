using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Textbook effects of treatment, at full strength from the first moment: points won for each month on drug, the same for
/// everybody whatever their own rate, and a factor on the rate as hazards see it.</summary>
internal sealed record ConstantSlowing : ITreatmentEffect
{
    internal double PointsPerMonth { get; init; }

    internal double RateMultiplier { get; init; } = 1;

    public bool DependsOnParticipant => false;

    public void Fill(
        in Participant participant,
        ReadOnlySpan<ExposureInterval> exposure,
        ReadOnlySpan<double> months,
        ref TrialRandom random,
        in EffectCourse course)
    {
        for (int i = 0; i < months.Length; i++)
        {
            double onDrug = 0;
            bool treated = false;
            foreach (ExposureInterval interval in exposure)
            {
                onDrug += Math.Max(0, Math.Min(months[i], interval.StopMonths) - interval.StartMonths);
                treated |= months[i] >= interval.StartMonths && months[i] < interval.StopMonths;
            }

            course.DiseaseMonths[i] = months[i];
            course.RateMultiplier[i] = treated ? RateMultiplier : 1;
            course.ScoreOffset[i] = PointsPerMonth * onDrug;
        }
    }
}
