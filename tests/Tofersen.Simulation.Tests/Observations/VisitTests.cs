using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.Observations;

/// <summary>When visits take place, which are missed and what is written down.</summary>
public sealed class VisitTests
{
    private const int Participants = 100_000;
    private const double DaysPerMonth = 30.4375;

    private static readonly double[] Schedule = [0, 28, 52];

    // A normal cut off at ±a SD has variance 1 − 2 a φ(a) / (2 Φ(a) − 1).
    [Category("Statistical")]
    [TestCase(5, 10)]
    [TestCase(4, 60)]
    [TestCase(20, 7)]
    public void VisitMonths_Jitter_IsNormalCutOffAtTheWindow(double sd, double window)
    {
        TrialData data = Simulate(
            821, new ObservationModel { VisitJitterSdDays = sd, VisitWindowDays = window, Rounding = ScoreRounding.None });
        double a = window / sd;
        double inside = (2 * Normal.CDF(0, 1, a)) - 1;
        double expectedSd = sd * Math.Sqrt(1 - (2 * a * Normal.PDF(0, 1, a) / inside));

        for (int v = 1; v < Schedule.Length; v++)
        {
            double[] days = Jitter(data, v);
            Assert.That(days, Is.All.InRange(-window - 1e-9, window + 1e-9));
            Assert.That(
                FalseAlarm.KolmogorovSmirnov(days, d => (Normal.CDF(0, 1, d / sd) - Normal.CDF(0, 1, -a)) / inside),
                Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));

            // The kurtosis is at most 3, so the error of a standard deviation is at most σ / √(2 n).
            Assert.That(
                days.StandardDeviation(),
                Is.EqualTo(expectedSd).Within(FalseAlarm.StandardErrors * expectedSd / Math.Sqrt(2 * Participants)));
        }

        Assert.That(
            Math.Abs(Correlation.Pearson(Jitter(data, 1), Jitter(data, 2))),
            Is.LessThan(FalseAlarm.StandardErrors / Math.Sqrt(Participants)));
    }

    // Far inside one SD the cut-off normal is uniform: 0.5 of 100 days.
    [Category("Statistical")]
    [Test]
    public void VisitMonths_WindowFarInsideOneSd_IsUniform()
    {
        TrialData data = Simulate(822, new ObservationModel { VisitJitterSdDays = 100, VisitWindowDays = 0.5 });

        Assert.That(
            FalseAlarm.KolmogorovSmirnov(Jitter(data, 1), d => d + 0.5), Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
    }

    [TestCase(0, 10)]
    [TestCase(5, 0)]
    public void VisitMonths_NoJitterOrNoWindow_AreOnSchedule(double sd, double window)
    {
        TrialData data = Simulate(823, new ObservationModel { VisitJitterSdDays = sd, VisitWindowDays = window });

        Assert.That(Jitter(data, 2), Is.All.Zero);
    }

    [Test]
    public void Scores_JitteredVisits_FollowTheLatentCourseAtTheirActualDate()
    {
        TrialData data = Simulate(
            824, new ObservationModel { VisitJitterSdDays = 6, VisitWindowDays = 13, Rounding = ScoreRounding.None });

        for (int i = 0; i < data.Scores.Length; i++)
        {
            Assert.That(data.Scores[i], Is.EqualTo(36 - (1.5 * data.VisitMonths[i])).Within(1e-10));
        }
    }

    [Category("Statistical")]
    [Test]
    public void Observed_IntermittentMissing_OccursAtItsRateAtEachVisitIndependently()
    {
        const double Missing = 0.15;
        TrialData data = Simulate(825, new ObservationModel { IntermittentMissingProbability = Missing });

        var patterns = new long[4];
        for (int p = 0; p < Participants; p++)
        {
            Assert.That(data.Observed[p * 3], Is.True);
            patterns[(data.Observed[(p * 3) + 1] ? 0 : 2) + (data.Observed[(p * 3) + 2] ? 0 : 1)]++;
        }

        const double Seen = 1 - Missing;
        Assert.That(
            FalseAlarm.ChiSquare(patterns, [Seen * Seen, Seen * Missing, Seen * Missing, Missing * Missing]),
            Is.LessThan(FalseAlarm.ChiSquareLimit(3)));
        Assert.That(data.FollowUpEnds.ToArray(), Is.All.EqualTo(EventKind.Completed));
    }

    [Test]
    public void Observed_EverythingMissing_LeavesTheBaseline()
    {
        TrialData data = Simulate(826, new ObservationModel { IntermittentMissingProbability = 1 });

        Assert.That(data.Observed.Count(true), Is.EqualTo(Participants));
    }

    [Category("Statistical")]
    [Test]
    public void Scores_ResidualError_IsNormalAroundTheLatentCourse()
    {
        TrialData data = Simulate(827, new ObservationModel { Rounding = ScoreRounding.None }, residualSd: 1.9);

        double[] errors = [.. Enumerable.Range(0, data.Scores.Length)
            .Select(i => data.Scores[i] - (36 - (1.5 * data.VisitMonths[i])))];

        Assert.That(
            FalseAlarm.KolmogorovSmirnov(errors, e => Normal.CDF(0, 1.9, e)), Is.LessThan(FalseAlarm.KolmogorovSmirnovLimit));
    }

    // Rounding 36 + 1.9 z to whole points gives 36 with probability 2 Φ(0.5 / 1.9) − 1.
    [Category("Statistical")]
    [Test]
    public void Scores_WholePoints_AreRoundedToTheNearest()
    {
        TrialData data = Simulate(828, new ObservationModel(), residualSd: 1.9);

        var counts = new long[13];
        for (int p = 0; p < Participants; p++)
        {
            counts[(int)Math.Clamp(data.Scores[p * 3] - 30, 0, 12)]++;
        }

        double[] probabilities = [.. Enumerable.Range(0, 13).Select(k =>
            (k == 12 ? 1 : Normal.CDF(36, 1.9, 30.5 + k)) - (k == 0 ? 0 : Normal.CDF(36, 1.9, 29.5 + k)))];
        Assert.That(FalseAlarm.ChiSquare(counts, probabilities), Is.LessThan(FalseAlarm.ChiSquareLimit(12)));
    }

    private static TrialData Simulate(ulong seed, ObservationModel observation, double residualSd = 0) =>
        new TrialSimulator(TestScenarios.Bare with
        {
            Population = TestStrata.Population(TestScenarios.Alike with { ResidualSd = residualSd }),
            Design = new ParallelGroup { Participants = Participants, VisitWeeks = ValueList.Create<double>(Schedule) },
            Observation = observation,
        }).Simulate(FalseAlarm.Seed(seed), 0);

    private static double[] Jitter(TrialData data, int visit) =>
    [
        .. Enumerable.Range(0, Participants)
            .Select(p => (data.VisitMonths[(p * 3) + visit] - StudyTime.MonthsFromWeeks(Schedule[visit])) * DaysPerMonth),
    ];
}
