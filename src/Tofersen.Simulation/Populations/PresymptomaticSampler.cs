using Tofersen.Simulation.Common;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Populations;

/// <summary>Draws carriers of a <see cref="PresymptomaticPopulation"/> until one becomes eligible in the run-in.</summary>
internal sealed class PresymptomaticSampler(PresymptomaticPopulation population) : IParticipantSampler
{
    private const int MaximumCandidates = 100_000;

    private readonly RateSampler _decline = new(population.DeclineRate);
    private readonly double _onsetPerMonth = population.OnsetPerYear / 12;
    private readonly double _logBefore = Math.Log(population.NeurofilamentLightGeometricMean);
    private readonly double _logAtOnset = Math.Log(population.OnsetNeurofilamentLightGeometricMean);
    private readonly double _interval = StudyTime.MonthsFromWeeks(population.RunInIntervalWeeks);
    private readonly int _measurements = 1 + (int)((population.RunInWeeks / population.RunInIntervalWeeks) + 1e-9);
    private readonly double _riseLogSd = Math.Sqrt(LogNormalMoments.LogVariance(population.RiseMeanMonths, population.RiseSdMonths));
    private readonly double _residual = Math.Sqrt(1 - (population.RateCorrelation * population.RateCorrelation));

    public void Draw(int stratum, ref TrialRandom random, out Participant participant)
    {
        for (int screened = 1; screened <= MaximumCandidates; screened++)
        {
            // Measurements have a stream of their own: how many there are does not move the next candidate.
            TrialRandom errors = random.Fork();
            double months = random.NextExponential() / _onsetPerMonth;
            double before = random.NextNormal();
            double atOnset = random.NextNormal();
            double rise = random.NextNormal();
            double rate = random.NextNormal();
            double age = random.NextNormal();
            double male = random.NextUniform();

            var course = new Course(
                _logBefore + (population.NeurofilamentLightLogSd * before),
                _logAtOnset + (population.OnsetNeurofilamentLightLogSd * atOnset),
                months,
                population.RiseMeanMonths * Math.Exp((_riseLogSd * rise) - (_riseLogSd * _riseLogSd / 2)));
            double randomised = EligibleMonths(course, ref errors);
            if (!(randomised < months))
            {
                continue;
            }

            double rateScore = (population.RateCorrelation * atOnset) + (_residual * rate);
            participant = new Participant
            {
                Stratum = stratum,
                BaselineScore = population.BaselineScore,
                DeclinePerMonth = _decline.AtNormalScore(rateScore),
                PreRandomisationSlopePerMonth = 0,
                LogNeurofilamentLight = course.At(randomised),
                NeurofilamentRiseMonths = course.RiseMonths,
                LogNeurofilamentRise = course.Rise,
                AgeYears = population.AgeMeanYears + (population.AgeSdYears * age) + (randomised / 12),
                MonthsSinceOnset = randomised - months,
                DiagnosticDelayMonths = double.NaN,
                IsMale = male < population.MaleProbability,
                VitalCapacityPercent = 100,
                DeclineNormalScore = rateScore,
                ResidualSd = population.ResidualSd,
                EventHazardMultiplier = population.EventHazardMultiplier,
                CandidatesScreened = screened,
            };
            return;
        }

        throw new ScreeningException(population.StratumName, MaximumCandidates);
    }

    // Months in the run-in until a measurement makes the carrier eligible; infinite where none does, or onset comes first.
    private double EligibleMonths(in Course course, ref TrialRandom errors)
    {
        double first = Measure(course, 0, ref errors);
        for (int m = 1; m < _measurements && m * _interval < course.OnsetMonths; m++)
        {
            double value = Measure(course, m * _interval, ref errors);
            if (value >= population.ThresholdPicograms && value - first >= population.RisePicograms)
            {
                return m * _interval;
            }
        }

        return double.PositiveInfinity;
    }

    private double Measure(in Course course, double months, ref TrialRandom errors) =>
        Math.Exp(course.At(months) + (population.WithinParticipantLogSd * errors.NextNormal()));

    /// <summary>ln of neurofilament light by month of the run-in.</summary>
    private readonly struct Course(double before, double atOnset, double onsetMonths, double riseMonths)
    {
        internal double OnsetMonths => onsetMonths;

        internal double RiseMonths => riseMonths;

        internal double Rise => atOnset - before;

        internal double At(double months) =>
            before + ((atOnset - before) * Math.Clamp(1 - ((onsetMonths - months) / riseMonths), 0, 1));
    }
}
