using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Treatments;

/// <summary>An effect evaluated at some times.</summary>
internal sealed class EffectTable
{
    internal EffectTable(ITreatmentEffect effect, ExposureInterval[] exposure, double[] months)
    {
        DiseaseMonths = new double[months.Length];
        RateMultiplier = new double[months.Length];
        ScoreOffset = new double[months.Length];
        LogHazardShift = new double[months.Length];
        Array.Fill(DiseaseMonths, double.NaN);
        Array.Fill(RateMultiplier, double.NaN);
        Array.Fill(ScoreOffset, double.NaN);
        TrialRandom none = default;
        effect.Fill(default, exposure, months, ref none, new EffectCourse
        {
            DiseaseMonths = DiseaseMonths,
            RateMultiplier = RateMultiplier,
            ScoreOffset = ScoreOffset,
            LogHazardShift = LogHazardShift,
        });
    }

    internal double[] DiseaseMonths { get; }

    internal double[] RateMultiplier { get; }

    internal double[] ScoreOffset { get; }

    internal double[] LogHazardShift { get; }
}
