using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.MonteCarlo.Sequential;

/// <summary>The known behaviour of a blinded change of the number of participants (Kieser and Friede 2000, 2003).</summary>
/// <remarks>Changes from baseline with standard deviation √2 · 5: baseline and visit have independent errors.</remarks>
[Category("Statistical")]
public sealed class BlindedReestimationTests
{
    private const int Replicates = 8_000;
    private const double Difference = 3;

    // (1.959964 + 0.841621)² = 7.848880; 4 · 7.848880 · 50 / 9 = 174.42 participants for the variance of 50.
    private const double Needed = 174.42;

    // Under no effect the pooled variance is that of the arms, and the number on average that of the formula (rounded up).
    [TestCase(false)]
    [TestCase(true)]
    public void Run_NoEffect_AsksForTheFormulasNumber(bool pools)
    {
        SequentialResult result = Run(0, Plan with { PoolsWithinStrata = pools }, 3151);
        ReestimationResult review = result.Reestimation!;

        Assert.That(review.Held, Is.EqualTo(Replicates));
        Assert.That(
            review.Participants.Mean,
            Is.InRange(Needed - Slack(review.Participants), Needed + 1 + Slack(review.Participants)));
        Assert.That(result.Participants.Mean, Is.EqualTo(review.Participants.Mean));
        Assert.That(review.ShareAtMinimum.Value + review.ShareAtMaximum.Value, Is.LessThan(0.02));

        // S² of 60 participants is σ² χ²₅₉/59, with a coefficient of variation of √(2/59).
        Assert.That(review.Participants.StandardDeviation, Is.EqualTo(Needed * Math.Sqrt(2.0 / 59)).Within(2));

        // The level of the final t test: Kieser and Friede found no excess that matters; one in a thousand would show.
        Assert.That(result.Rejection.Value, Is.EqualTo(0.025).Within(FalseAlarm.Proportion(0.025, Replicates) + 0.001));
    }

    // Under the planned difference the pooled variance holds a quarter of its square, unless that is taken off.
    [TestCase(false, 174.42 + (7.848880 * 60.0 / 59))]
    [TestCase(true, 174.42)]
    public void Run_PlannedEffect_AsksForMoreUnlessAdjusted(bool adjusts, double expected)
    {
        SequentialResult result = Run(Difference, Plan with { AdjustsForDifference = adjusts }, 3152);
        ReestimationResult review = result.Reestimation!;

        Assert.That(review.Participants.Mean, Is.InRange(expected - Slack(review.Participants), expected + 1 + Slack(review.Participants)));

        // What the number is for: 80 % power, less a little for the randomness of the number and the t distribution.
        Assert.That(result.Rejection.Value, Is.InRange(0.775, 0.83));
    }

    [Test]
    public void Run_LimitsThatBind_AreKept()
    {
        SequentialResult few = Run(0, Plan with { Difference = 30, CompletersShare = 0.5 }, 3153);
        SequentialResult many = Run(0, Plan with { Difference = 0.5 }, 3153);

        Assert.That(few.Reestimation!.ShareOvertaken.Value, Is.GreaterThan(0.5), "more have entered by then");
        Assert.That(few.Participants.Mean, Is.InRange(110, 130));
        Assert.That(many.Reestimation!.ShareAtMaximum.Value, Is.EqualTo(1));
        Assert.That(many.Participants.Mean, Is.EqualTo(300));
    }

    [Test]
    public void Run_TooFewForAStandardDeviation_KeepsThePlannedNumber()
    {
        SequentialResult result = Run(0, Plan with { CompletersShare = 0.001 }, 3154);

        Assert.That(result.Reestimation!.Failed, Is.EqualTo(Replicates));
        Assert.That(result.Reestimation.Held, Is.Zero);
        Assert.That(result.Participants.Mean, Is.EqualTo(200));
    }

    private static BlindedReestimation Plan { get; } = new()
    {
        PlannedParticipants = 200,
        MinimumParticipants = 100,
        CompletersShare = 0.3,
        Week = 20,
        Difference = Difference,
        Power = 0.8,
    };

    private static double Slack(SampleSummary summary) => FalseAlarm.StandardErrors * summary.MonteCarloError;

    private static SequentialResult Run(double effect, BlindedReestimation review, ulong seed)
    {
        var ancova = new Ancova { Week = 20, Covariates = [] };
        var plan = new SequentialPlan
        {
            Boundaries = new GroupSequentialDesign { InformationFractions = [1], Efficacy = new ObrienFleming() },
            Analysis = ancova.Name,
            Reestimation = review,
        };
        Scenario scenario = SequentialScenarios.Normal(300, effect, plan, ancova);
        scenario = scenario with
        {
            Population = Populations.TestStrata.Population(Tests.Scenarios.TestScenarios.Alike with
            {
                BaselineScoreMean = 24,
                ResidualSd = SequentialScenarios.Sd,
            }),

            // Slow enough that those who count have come to week 20 before the number is reached.
            Design = scenario.Design with { Enrolment = new Tofersen.Simulation.Designs.UniformEnrolment { Weeks = 300 } },
        };
        return PowerAnalysis.Run(
            scenario,
            options: new RunOptions { Replicates = Replicates, Seed = FalseAlarm.Seed(seed), CollectCourses = false }).Sequential!;
    }
}
