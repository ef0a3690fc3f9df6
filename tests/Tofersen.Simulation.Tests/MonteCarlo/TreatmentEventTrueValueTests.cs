using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>True values under strategies for stopping treatment and for rescue: by hand where everybody loses 1.5 points a month and
/// treatment saves 0.5, and as the mean of analyses of the data that the strategies make.</summary>
public sealed class TreatmentEventTrueValueTests
{
    private const double PerWeek = 0.02;
    private const int Replicates = 2_000;

    private static readonly double[] Visits = [0, 12, 28, 36, 44, 52];

    private static Scenario Slowed { get; } = TestScenarios.Bare with
    {
        Effect = new ConstantSlowing { PointsPerMonth = 0.5 },
        Design = new ParallelGroup { Participants = 200, VisitWeeks = [.. Visits] },
    };

    private static Scenario Stopping { get; } = Slowed with
    {
        Observation = Slowed.Observation with { StopTreatment = new StopTreatmentHazard { PerWeek = PerWeek } },
    };

    // Offered in week 28, when 9.7 points are lost, and begun in week 30.
    private static Scenario Rescuing { get; } = Slowed with
    {
        Design = Slowed.Design with { Rescue = new RescueRule { LossThreshold = 5, DelayWeeks = 2 } },
    };

    [Test]
    public void TrueValue_HypotheticalStop_IsThatOfThePlannedExposure() =>
        Assert.That(
            True(Stopping, new Estimand { TreatmentStop = EventStrategy.Hypothetical }).Value,
            Is.EqualTo(0.5 * StudyTime.MonthsFromWeeks(52)).Within(1e-9));

    // On drug for (1 − e^(−52 λ)) / λ weeks on average.
    [Test]
    [Category("Statistical")]
    public void TrueValue_StopAsItComes_IsTheMeanTimeOnDrug()
    {
        double weeks = (1 - Math.Exp(-PerWeek * 52)) / PerWeek;
        AssertTrue(True(Stopping, new Estimand()), 0.5 * StudyTime.MonthsFromWeeks(weeks));
        AssertTrue(True(Stopping, null), 0.5 * StudyTime.MonthsFromWeeks(weeks));
    }

    [Test]
    [Category("Statistical")]
    public void TrueValue_CompositeStop_CountsThoseWhoWentOn() =>
        AssertTrue(
            True(Stopping, new Estimand { TreatmentStop = EventStrategy.Composite }),
            Math.Exp(-PerWeek * 52) * 0.5 * StudyTime.MonthsFromWeeks(52));

    [Test]
    [Category("Statistical")]
    public void TrueValue_WhileOnTreatment_IsTheLastVisitBeforeTheStop()
    {
        double months = 0;
        for (int v = 1; v < Visits.Length; v++)
        {
            months += StudyTime.MonthsFromWeeks(Visits[v] - Visits[v - 1]) * Math.Exp(-PerWeek * Visits[v]);
        }

        AssertTrue(True(Stopping, new Estimand { TreatmentStop = EventStrategy.WhileOnTreatment }), 0.5 * months);
    }

    [TestCase(EventStrategy.Hypothetical)]
    [TestCase(EventStrategy.TreatmentPolicy)]
    [TestCase(EventStrategy.Composite)]
    [TestCase(EventStrategy.WhileOnTreatment)]
    public void TrueValue_Rescue_FollowsItsStrategy(EventStrategy strategy)
    {
        double expected = strategy switch
        {
            EventStrategy.Hypothetical => 0.5 * StudyTime.MonthsFromWeeks(52),
            EventStrategy.TreatmentPolicy => 0.5 * StudyTime.MonthsFromWeeks(30),
            EventStrategy.Composite => 36 - StudyTime.MonthsFromWeeks(52),
            _ => (1.5 * StudyTime.MonthsFromWeeks(28)) - StudyTime.MonthsFromWeeks(52),
        };
        Assert.That(True(Rescuing, new Estimand { Rescue = strategy }).Value, Is.EqualTo(expected).Within(1e-9));
    }

    [Test]
    [Category("Statistical")]
    public void TrueValue_SomeAcceptRescue_IsTheirShareOfTheGap()
    {
        Scenario scenario = Rescuing with
        {
            Design = Rescuing.Design with { Rescue = Rescuing.Design.Rescue! with { AcceptanceProbability = 0.6 } },
        };
        AssertTrue(True(scenario, new Estimand()), 0.5 * StudyTime.MonthsFromWeeks(52 - (0.6 * 22)));
    }

    // The engine's own latent scores, trial by trial, are the treatment policy.
    [Test]
    [Category("Statistical")]
    public void TrueValue_TreatmentPolicyOfEverything_IsTheMeanLatentDifferenceOfTrials()
    {
        Scenario scenario = MissingScenarios.Rich with
        {
            Design = (DelayedStart)MissingScenarios.Rich.Design with { EntryProbability = 1 },
        };
        TrueValue value = True(scenario, null);
        var simulator = new TrialSimulator(scenario);
        double sum = 0;
        double squares = 0;
        int visits = scenario.Design.VisitWeeks.Count;
        for (int replicate = 0; replicate < Replicates; replicate++)
        {
            TrialData data = simulator.Simulate(FalseAlarm.Seed(2141), replicate);
            double[] means = [.. Enumerable.Range(0, 2).Select(arm => Enumerable.Range(0, data.Participants)
                .Where(p => data.Arms[p] == arm).Average(p => simulator.Latent.LatentScores[(p * visits) + visits - 1]))];
            sum += means[1] - means[0];
            squares += Math.Pow(means[1] - means[0], 2);
        }

        double mean = sum / Replicates;
        double error = Math.Sqrt(((squares / Replicates) - (mean * mean)) / Replicates);
        TestContext.Out.WriteLine(FormattableString.Invariant($"true {value.Value:F4}, trials {mean:F4} ± {error:F4}"));
        Assert.That(value.Value, Is.EqualTo(mean).Within(FalseAlarm.StandardErrors * Math.Sqrt((error * error) + Math.Pow(value.MonteCarloError, 2))));
    }

    // Whether a participant is rescued depends on what was seen, so that for the hypothetical strategy the scores after it are missing at
    // random, and an MMRM is right; for the other two the strategies make the data whole.
    [Test]
    [Category("Statistical")]
    public void Run_AnalysesUnderTheStrategies_HitTheirTrueValues()
    {
        // Enough go on as planned that the covariance of the last visits can be estimated.
        Scenario scenario = Slowed with
        {
            Design = Slowed.Design with { Rescue = new RescueRule { LossThreshold = 12, DelayWeeks = 2 } },
            Population = TestStrata.Population(TestScenarios.Alike with
            {
                BaselineScoreSd = 4,
                DeclineRate = new NormalRate { Mean = 1.3, Sd = 0.8 },
                ResidualSd = 1.2,
            }),
            Observation = Slowed.Observation with { StopTreatment = new StopTreatmentHazard { PerWeek = 0.008 } },
        };
        PowerResult result = PowerAnalysis.Run(
            scenario,
            [
                Under("hypothetical", new Mmrm { Week = 52 }, EventStrategy.Hypothetical),
                Under("policy", Means, EventStrategy.TreatmentPolicy),
                Under("composite", Means, EventStrategy.Composite),
            ],
            new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(2142), CollectCourses = false });
        using (Assert.EnterMultipleScope())
        {
            foreach (OperatingCharacteristics analysis in result.Analyses)
            {
                double error = Math.Sqrt(
                    Math.Pow(analysis.MeanEstimateMonteCarloError, 2) + Math.Pow(analysis.TrueValue.MonteCarloError, 2));
                TestContext.Out.WriteLine(FormattableString.Invariant(
                    $"{analysis.Name}: true {analysis.TrueValue.Value:F4}, bias {analysis.Bias:F4} ± {error:F4}, coverage {analysis.Coverage:F3}"));
                Assert.That(analysis.Failed, Is.Zero);
                Assert.That(analysis.Bias, Is.EqualTo(0).Within(FalseAlarm.StandardErrors * error), analysis.Name);
            }

            double[] values = [.. result.Analyses.Select(a => a.TrueValue.Value)];
            Assert.That(values[0] - values[1], Is.GreaterThan(1));
            Assert.That(values[2] - values[1], Is.GreaterThan(1));
        }
    }

    // Not the change: the error at baseline is part of what decides on rescue.
    private static Ancova Means => new() { Week = 52, Covariates = [], Response = AncovaResponse.Score };

    private static EstimandAnalysis Under(string name, IAnalysis analysis, EventStrategy strategy) => new()
    {
        Name = name,
        Analysis = analysis,
        Strategies = new Estimand { Rescue = strategy, TreatmentStop = strategy },
    };

    private static void AssertTrue(TrueValue value, double expected)
    {
        Assert.That(value.MonteCarloError, Is.GreaterThan(0).And.LessThan(0.1));
        Assert.That(value.Value, Is.EqualTo(expected).Within(FalseAlarm.StandardErrors * value.MonteCarloError));
    }

    private static TrueValue True(Scenario scenario, Estimand? strategies)
    {
        LatentContrast? contrast = new Ancova { Week = 52 }.Estimand(scenario.Layout);
        return TrueValue.Compute(
            scenario,
            [contrast! with { Strategies = strategies }],
            new RunOptions { Seed = FalseAlarm.Seed(2143) },
            CancellationToken.None)[0];
    }
}
