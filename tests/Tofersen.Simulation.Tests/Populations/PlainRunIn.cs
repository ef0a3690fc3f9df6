using Tofersen.Simulation.Populations;

namespace Tofersen.Simulation.Tests.Populations;

/// <summary>The run-in of carriers without symptoms, short and slow, with the generator of the runtime.</summary>
internal sealed class PlainRunIn
{
    internal long Screened { get; private set; }

    internal double[] MonthsToOnset { get; private init; } = [];

    internal double[] LogNeurofilament { get; private init; } = [];

    internal double[] LogRate { get; private init; } = [];

    internal static PlainRunIn Follow(PresymptomaticPopulation population, int carriers, int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

        var result = new PlainRunIn
        {
            MonthsToOnset = new double[carriers],
            LogNeurofilament = new double[carriers],
            LogRate = new double[carriers],
        };
        double riseVariance = Math.Log(1 + Math.Pow(population.RiseSdMonths / population.RiseMeanMonths, 2));
        var rate = (LogNormalRate)population.DeclineRate;
        double rateVariance = Math.Log(1 + Math.Pow(rate.Sd / rate.Mean, 2));
        for (int found = 0; found < carriers;)
        {
            result.Screened++;
            double onset = -Math.Log(1 - random.NextDouble()) * 12 / population.OnsetPerYear;
            double before = Math.Log(population.NeurofilamentLightGeometricMean) + (population.NeurofilamentLightLogSd * Normal());
            double onsetScore = Normal();
            double after = Math.Log(population.OnsetNeurofilamentLightGeometricMean) + (population.OnsetNeurofilamentLightLogSd * onsetScore);
            double rise = Math.Exp(Math.Log(population.RiseMeanMonths) - (riseVariance / 2) + (Math.Sqrt(riseVariance) * Normal()));
            double rateScore = (population.RateCorrelation * onsetScore)
                + (Math.Sqrt(1 - Math.Pow(population.RateCorrelation, 2)) * Normal());

            double Course(double month) => month <= onset - rise ? before
                : month >= onset ? after
                : before + ((after - before) * (month - (onset - rise)) / rise);

            double first = Math.Exp(Course(0) + (population.WithinParticipantLogSd * Normal()));
            for (double week = population.RunInIntervalWeeks; week <= population.RunInWeeks; week += population.RunInIntervalWeeks)
            {
                double month = week * 7 / 30.4375;
                if (month >= onset)
                {
                    break;
                }

                double value = Math.Exp(Course(month) + (population.WithinParticipantLogSd * Normal()));
                if (value >= population.ThresholdPicograms && value >= first + population.RisePicograms)
                {
                    result.MonthsToOnset[found] = onset - month;
                    result.LogNeurofilament[found] = Course(month);
                    result.LogRate[found] = Math.Log(rate.Mean) - (rateVariance / 2) + (Math.Sqrt(rateVariance) * rateScore);
                    found++;
                    break;
                }
            }
        }

        return result;
    }
}
