using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.Observations;

/// <summary>Which visits participants in follow-up miss under each mechanism.</summary>
public sealed class IntermittentMissingnessTests
{
    private const double Probability = 0.08;
    private const double Strength = 0.12;
    private const int Participants = 50_000;

    // No dropout, moved visits, whole points, losses that vary.
    private static Scenario Varied { get; } = TestScenarios.Bare with
    {
        Population = TestStrata.Population(TestScenarios.Alike with
        {
            DeclineRate = new NormalRate { Mean = 1.5, Sd = 1 },
            ResidualSd = 2,
        }),
        Design = new ParallelGroup { Participants = 500, VisitWeeks = [0, 8, 16, 24, 32] },
        Observation = new ObservationModel
        {
            VisitJitterSdDays = 4,
            VisitWindowDays = 10,
            IntermittentMissingProbability = Probability,
        },
    };

    [Test]
    public void Simulate_StrengthOfZero_IsTheSameToTheBit([Values] MissingnessMechanism mechanism)
    {
        TrialData plain = new TrialSimulator(TestScenarios.Rich).Simulate(5, 0);
        TrialData zero = new TrialSimulator(With(TestScenarios.Rich, mechanism, 0)).Simulate(5, 0);
        Assert.That(zero.Scores.ToArray(), Is.EqualTo(plain.Scores.ToArray()));
    }

    // From the data alone: the loss on record gives the probability, and the draw that it is compared with decided.
    [Test]
    public void Simulate_Mar_MissesWhenTheDrawIsBelowTheProbabilityOfTheRecord()
    {
        TrialData data = new TrialSimulator(With(Varied, MissingnessMechanism.Mar, Strength)).Simulate(6, 0);
        int changed = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            TrialRandom random = new StreamKey(6, 0).Open(p, DrawPurpose.Missingness);
            double baseline = data.Scores[p * data.Visits];
            double last = baseline;
            for (int v = 1; v < data.Visits; v++)
            {
                int cell = (p * data.Visits) + v;
                double probability = Logistic(baseline - last);
                double draw = random.NextUniform();
                Assert.That(data.Observed[cell], Is.EqualTo(draw >= probability));
                changed += draw < probability != draw < Probability ? 1 : 0;
                last = data.Observed[cell] ? data.Scores[cell] : last;
            }
        }

        Assert.That(changed, Is.GreaterThan(50));
    }

    // The same against the engine's latent scores, which are exact at scheduled times.
    [Test]
    public void Simulate_Mnar_MissesByTheLatentLossOfTheVisitItself()
    {
        Scenario scenario = With(Varied, MissingnessMechanism.Mnar, Strength);
        scenario = scenario with { Observation = scenario.Observation with { VisitJitterSdDays = 0 } };
        var simulator = new TrialSimulator(scenario);
        TrialData data = simulator.Simulate(6, 0);
        int changed = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            TrialRandom random = new StreamKey(6, 0).Open(p, DrawPurpose.Missingness);
            double baseline = simulator.Latent.LatentScores[p * data.Visits];
            for (int v = 1; v < data.Visits; v++)
            {
                int cell = (p * data.Visits) + v;
                double probability = Logistic(baseline - simulator.Latent.LatentScores[cell]);
                double draw = random.NextUniform();
                Assert.That(data.Observed[cell], Is.EqualTo(draw >= probability));
                changed += draw < probability != draw < Probability ? 1 : 0;
            }
        }

        Assert.That(changed, Is.GreaterThan(50));
    }

    // Among those with the same loss on record, the visits missed are not those with the greater loss: under MNAR they are.
    [Test]
    [Category("Statistical")]
    public void Simulate_GivenTheRecord_MissingSaysSomethingAboutTheScoreUnderMnarAlone(
        [Values(MissingnessMechanism.Mar, MissingnessMechanism.Mnar)] MissingnessMechanism mechanism)
    {
        Scenario scenario = With(Varied, mechanism, 0.3);
        var simulator = new TrialSimulator(scenario with { Design = Varied.Design with { Participants = Participants } });
        TrialData data = simulator.Simulate(FalseAlarm.Seed(2161), 0);
        double[] complete = simulator.Latent.CompleteScores;
        double sum = 0;
        double variance = 0;
        foreach (IGrouping<double, int> cell in Enumerable.Range(0, Participants)
            .Where(p => data.Observed[(p * data.Visits) + 1])
            .GroupBy(p => data.Scores[p * data.Visits] - data.Scores[(p * data.Visits) + 1]))
        {
            double[] missed = Losses(cell, false);
            double[] seen = Losses(cell, true);
            if (missed.Length > 20 && seen.Length > 20)
            {
                sum += missed.Average() - seen.Average();
                variance += (Variance(missed) / missed.Length) + (Variance(seen) / seen.Length);
            }
        }

        double z = sum / Math.Sqrt(variance);
        TestContext.Out.WriteLine(FormattableString.Invariant($"z {z:F2}"));
        Assert.That(z, mechanism == MissingnessMechanism.Mar
            ? Is.EqualTo(0).Within(FalseAlarm.StandardErrors)
            : Is.GreaterThan(FalseAlarm.StandardErrors));

        double[] Losses(IEnumerable<int> members, bool isSeen) =>
        [
            .. members.Where(p => data.Observed[(p * data.Visits) + 2] == isSeen)
                .Select(p => complete[p * data.Visits] - complete[(p * data.Visits) + 2]),
        ];

        static double Variance(double[] values)
        {
            double mean = values.Average();
            return values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1);
        }
    }

    [Test]
    public void Simulate_ProbabilityOfZeroOrOne_StaysSo([Values] MissingnessMechanism mechanism, [Values(0, 1)] double probability)
    {
        Scenario scenario = With(Varied, mechanism, 1);
        TrialData data = new TrialSimulator(scenario with
        {
            Observation = scenario.Observation with { IntermittentMissingProbability = probability },
        }).Simulate(1, 0);
        Assert.That(
            data.Observed.ToArray().Where((_, i) => i % data.Visits > 0), Is.All.EqualTo(probability == 0));
    }

    [TestCase(1.5)]
    [TestCase(double.NaN)]
    public void Strength_OutOfRange_Throws(double strength) =>
        Assert.That(
            () => new IntermittentMissingness { Mechanism = MissingnessMechanism.Mar, Strength = strength },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Strength").And.Message.Contains("[-1, 1]"));

    private static double Logistic(double loss)
    {
        double odds = Probability / (1 - Probability) * Math.Exp(Strength * loss);
        return odds / (1 + odds);
    }

    private static Scenario With(Scenario scenario, MissingnessMechanism mechanism, double strength) => scenario with
    {
        Observation = scenario.Observation with
        {
            IntermittentMissingness = new IntermittentMissingness { Mechanism = mechanism, Strength = strength },
        },
    };
}
