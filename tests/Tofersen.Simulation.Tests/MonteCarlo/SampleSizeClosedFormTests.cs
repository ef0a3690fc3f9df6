using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Analyses;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Searches for a number of participants and a detectable effect against closed forms (ReferenceData/sample-size).</summary>
[Category("Statistical")]
[Category("Reference")]
public sealed class SampleSizeClosedFormTests
{
    private const double MonthScale = 365.25 / 84 / 4.345;
    private const double Critical = 1.959963984540054;

    [TestCase(1, 0.8, "means 1:1", 5_001)]
    [TestCase(2, 0.8, "means 2:1", 5_002)]
    [TestCase(1, 0.9, "means 1:1", 5_003)]
    public void Find_TwoSampleMeans_FindsTheNumberOfTheNoncentralT(int ratio, double power, string name, int seed)
    {
        SampleSizeResult result = Search(Means(ratio, 1.2), power, seed, 0.03);

        AssertCrossing(result, Expected(name, power), slack: 0);
        Assert.That(result.Participants! % (ratio + 1), Is.Zero);
        Assert.That(result.Power.Value, Is.EqualTo(power).Within(0.01));
    }

    [Test]
    public void Find_Slopes_FindsTheNumberOfTheNoncentralT()
    {
        SampleSizeResult result = Search(Slopes(new SlopeAnalysis { ThroughWeek = 28 }), 0.8, 5_004, 0.02);

        // The normal formula asks for two participants less.
        AssertCrossing(result, Expected("slopes"), slack: 0);
        Assert.That(Expected("slopes") - Expected("slopes normal"), Is.InRange(1.9, 2));
    }

    // In complete data the mixed model with intercepts of its own in each arm is the two-stage analysis, but where a variance is on its edge.
    [Test]
    public void Find_RandomSlopeModel_FindsTheNumberOfTheNoncentralT() =>
        AssertCrossing(
            Search(Slopes(new RandomSlopeModel { ThroughWeek = 28, CommonBaseline = false }), 0.8, 5_005, 0.04), Expected("slopes"), slack: 0.005);

    // True baselines N(24, 25), (0.6 t)² more at six months, errors of SD 2.
    [Test]
    public void Find_Ancova_FindsTheNumberOfTheNoncentralT()
    {
        double week = StudyTime.WeeksFromMonths(6);
        Scenario scenario = TestScenarios.Bare with
        {
            Population = TestStrata.Population(TestScenarios.Alike with
            {
                BaselineScoreMean = 24, BaselineScoreSd = 5, DeclineRate = new NormalRate { Mean = 1, Sd = 0.6 }, ResidualSd = 2,
            }),
            Effect = new ConstantSlowing { PointsPerMonth = 2 / 6.0 },
            Design = new ParallelGroup { Participants = 100, VisitWeeks = [0, week] },
            Analyses = [new Ancova { Week = week, Response = AncovaResponse.Score }],
        };

        AssertCrossing(Search(scenario, 0.8, 5_006, 0.03), Expected("ancova"), slack: 0);
    }

    // What the first-order formula leaves out is a power of the order of one over the 130 events: 2 % of the number.
    [Test]
    public void Find_LogRank_FindsTheNumberOfTheLargeSampleFormula()
    {
        Scenario scenario = Deaths(52, 0.02, 0.6, 0, 0, new LogRank());
        SampleSizeResult result = Search(scenario, 0.8, 5_007, 0.03);

        AssertCrossing(result, Expected("log-rank"), slack: 0.02);
        Assert.That(result.Crossing, Is.EqualTo(Expected("log-rank schoenfeld")).Within(8).Percent);
    }

    // The allowance is that of the power of joint ranks of 130 and 130 against the formula, 0.004, or 1 % of the number.
    [Test]
    public void Find_JointRank_FindsTheNumberOfTheClosedForm()
    {
        double week = StudyTime.WeeksFromMonths(18);
        var rank = new JointRank { Week = week, Test = JointRankTest.Unadjusted, Covariates = [] };
        Scenario scenario = Deaths(
            week, Math.Log(2) / 24 * StudyTime.MonthsFromWeeks(1), 24 / 30.0, 0.25 * 1.1, 9.1 / Math.Sqrt(2), rank);

        AssertCrossing(Search(scenario, 0.8, 5_008, 0.03), Expected("joint rank"), slack: 0.01);
    }

    [Test]
    public void Find_DetectableDifference_FindsThatOfTheNoncentralT()
    {
        DetectableEffectResult result = DetectableEffect.Find(
            difference => Means(2, difference, participants: 108),
            new DetectableEffectQuery { From = 0, To = 6, Seed = FalseAlarm.Seed(5_009) });

        Assert.That(result.Rises, Is.True);
        Assert.That(result.Value, Is.EqualTo(result.Crossing));
        AssertCrossing(result, Expected("difference"), slack: 0);
    }

    // The two questions have one answer: at the smallest detectable effect the trial's own size is the one that is needed.
    [Test]
    public void Find_SizeAtTheDetectableDifference_IsTheTrialsOwn() =>
        AssertCrossing(Search(Means(2, Expected("difference")), 0.8, 5_010, 0.03), 108, slack: 0);

    // Power falls with the spread: σ for a difference of 1.2 in 662 participants is 5.5.
    [Test]
    public void Find_SpreadWithThePower_IsFoundWherePowerFalls()
    {
        DetectableEffectResult result = DetectableEffect.Find(
            sd => Means(1, 1.2, 662, sd), new DetectableEffectQuery { From = 3, To = 9, Seed = FalseAlarm.Seed(5_011), Precision = 0.02 });

        Assert.That(result.Rises, Is.False);
        AssertCrossing(result, 5.5 * Math.Sqrt(662 / Expected("means 1:1")), slack: 0.001);
    }

    private static Scenario Means(int ratio, double difference, int participants = 100, double sd = 5.5) => TestScenarios.Bare with
    {
        Population = TestStrata.Population(TestScenarios.Alike with { BaselineScoreMean = 24, BaselineScoreSd = sd }),
        Effect = new SymptomaticOffset { Points = difference },
        Design = new ParallelGroup { Participants = participants, Allocation = new AllocationRatio(ratio, 1), VisitWeeks = [0, 28] },
        Analyses = [new Ancova { Week = 28, Covariates = [], Response = AncovaResponse.Score }],
    };

    private static Scenario Slopes(IAnalysis analysis) => TestScenarios.Bare with
    {
        Population = TestStrata.Population(TestScenarios.Alike with
        {
            BaselineScoreSd = Math.Sqrt(30), DeclineRate = new NormalRate { Mean = MonthScale, Sd = 0.6 * MonthScale }, ResidualSd = 2,
        }),
        Effect = new ConstantSlowing { PointsPerMonth = 0.4 * MonthScale },
        Design = new ParallelGroup { Participants = 108, VisitWeeks = [0, 4, 8, 12, 16, 20, 24, 28] },
        Analyses = [analysis],
    };

    private static Scenario Deaths(
        double week, double perWeek, double ratio, double pointsPerMonth, double residualSd, IAnalysis analysis) => TestScenarios.Bare with
        {
            Population = TestStrata.Population(
            TestScenarios.Alike with { DeclineRate = new NormalRate { Mean = 1, Sd = 0 }, ResidualSd = residualSd }),
            Effect = new ConstantSlowing { RateMultiplier = ratio, PointsPerMonth = pointsPerMonth },
            Design = new ParallelGroup { Participants = 100, VisitWeeks = [0, week] },
            Observation = new ObservationModel
            {
                Rounding = ScoreRounding.None,
                Events = [new ProgressionHazard { Kind = EventKind.Death, PerWeek = perWeek, RateExponent = 1, ScoreCoefficient = 0 }],
            },
            Analyses = [analysis],
        };

    private static double Expected(string name, double power = 0.8) => ReferenceFile.Read("sample-size", "expected").Rows
        .Single(row => row.Text("case") == name && row.Number("power") == power).Number("crossing");

    private static SampleSizeResult Search(Scenario scenario, double power, int seed, double precision) =>
        SampleSize.Find(scenario, new SampleSizeQuery { Power = power, Seed = FalseAlarm.Seed((ulong)seed), Precision = precision });

    // The interval has two standard errors on either side; the limit is that of one false alarm in a million.
    private static void AssertCrossing(PowerSearchResult result, double expected, double slack)
    {
        double error = (result.Upper - result.Lower) / (2 * Critical);
        TestContext.Out.WriteLine(FormattableString.Invariant(
            $"{result.Crossing:F2} ± {error:F2}, expected {expected:F2}, {(result.Crossing - expected) / error:F2} errors; cost {result.Cost:F2}"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Status, Is.EqualTo(PowerSearchStatus.Found));
            Assert.That(result.IsPrecise, Is.True);
            Assert.That(result.Crossing, Is.EqualTo(expected).Within((FalseAlarm.StandardErrors * error) + (slack * expected)));
            Assert.That(result.Cost, Is.LessThan(5));
        }
    }
}
