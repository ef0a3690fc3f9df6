using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>Carriers without symptoms in their run-in, one measurement after another, from the same streams.</summary>
internal static class PlainRunInDraws
{
    /// <summary>Months to onset and ln neurofilament light of the first carrier of a stream who is eligible.</summary>
    internal static (double MonthsToOnset, double LogNeurofilament) Draw(PresymptomaticPopulation population, TrialRandom random)
    {
        double riseLogSd = Math.Sqrt(Math.Log(1 + Math.Pow(population.RiseSdMonths / population.RiseMeanMonths, 2)));
        double interval = StudyTime.MonthsFromWeeks(population.RunInIntervalWeeks);
        while (true)
        {
            TrialRandom errors = random.Fork();
            double onset = random.NextExponential() * 12 / population.OnsetPerYear;
            double before = Math.Log(population.NeurofilamentLightGeometricMean) + (population.NeurofilamentLightLogSd * random.NextNormal());
            double after = Math.Log(population.OnsetNeurofilamentLightGeometricMean)
                + (population.OnsetNeurofilamentLightLogSd * random.NextNormal());
            double rise = population.RiseMeanMonths * Math.Exp((riseLogSd * random.NextNormal()) - (riseLogSd * riseLogSd / 2));

            // Rate, age and sex, which do not decide who is eligible.
            random.NextNormal();
            random.NextNormal();
            random.NextUniform();

            double Course(double month) => before + ((after - before) * Math.Clamp(1 - ((onset - month) / rise), 0, 1));
            double Measure(double month) => Math.Exp(Course(month) + (population.WithinParticipantLogSd * errors.NextNormal()));

            double first = Measure(0);
            for (int m = 1; m * interval <= StudyTime.MonthsFromWeeks(population.RunInWeeks) * (1 + 1e-12) && m * interval < onset; m++)
            {
                double value = Measure(m * interval);
                if (value >= population.ThresholdPicograms && value - first >= population.RisePicograms)
                {
                    return (onset - (m * interval), Course(m * interval));
                }
            }
        }
    }
}
