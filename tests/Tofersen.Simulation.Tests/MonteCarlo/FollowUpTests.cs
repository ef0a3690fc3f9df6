using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Tests.Scenarios.Json;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>The power of one analysis by the end of follow-up.</summary>
[Category("Statistical")]
public sealed class FollowUpTests
{
    private const int Replicates = 5_000;
    private const double Scale = 365.25 / 84 / 4.345;

    // The trial of DelayedStartOracleTests: a gap that is kept stays at 2.58 points while the variance of a change is 0.36 t² + 8.
    private static readonly Scenario Oracle = TestScenarios.Bare with
    {
        Population = TestStrata.Population(TestScenarios.Alike with
        {
            BaselineScoreSd = 5, DeclineRate = new NormalRate { Mean = Scale, Sd = 0.6 * Scale }, ResidualSd = 2,
        }),
        Effect = new ConstantSlowing { PointsPerMonth = 0.4 * Scale },
        Design = new DelayedStart
        {
            Participants = 108, Allocation = new AllocationRatio(2, 1), VisitWeeks = [0, 4, 16, 28, 40, 52], SwitchWeeks = 28,
        },
        Analyses = [new Ancova { Week = 52, Covariates = [] }],
    };

    // Noncentral t with 106 degrees of freedom; see DelayedStartOracleTests for those of weeks 28 and 52.
    [Test]
    public void Find_GapThatIsKept_LosesPowerWithLongerFollowUp()
    {
        FollowUpResult result = FollowUp.Find(Oracle, options: Options(5_101));

        double[] weeks = [28, 40, 52];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Weeks.Select(w => w.Week), Is.EqualTo(weeks));
            Assert.That(result.Weeks.Select(w => w.IsWithoutExtension), Is.EqualTo((bool[])[true, false, false]));
            Assert.That(result.BestWeek, Is.EqualTo(28));
            Assert.That(result.LongestUsefulWeek, Is.EqualTo(28));
            Assert.That(result.Comparisons, Is.EqualTo(3));
            foreach (FollowUpWeek week in result.Weeks)
            {
                double months = week.Week / 4.345;
                double error = Math.Sqrt(((0.36 * months * months) + 8) * ((1 / 72.0) + (1 / 36.0)));
                double power = NoncentralT.Power(2.577675489 / error, 106);
                Assert.That(week.Characteristics.Power, Is.EqualTo(power).Within(FalseAlarm.Proportion(power, Replicates)), $"{week.Week}");
            }

            // Both are the powers that were worked out in R.
            Assert.That(result.Weeks[0].Characteristics.Power, Is.EqualTo(0.7428230).Within(FalseAlarm.Proportion(0.7428230, Replicates)));
            Assert.That(result.Weeks[2].Characteristics.Power, Is.EqualTo(0.3674795).Within(FalseAlarm.Proportion(0.3674795, Replicates)));
        }
    }

    // Before the switch the gap grows with t and its error with √(0.36 t² + 8), more slowly.
    [Test]
    public void Find_FromAnEarlierWeek_RisesToTheSwitchAndFallsAfterIt()
    {
        FollowUpResult result = FollowUp.Find(Oracle, fromWeek: 4, options: Options(5_102));

        Assert.That(result.Weeks.Select(w => w.Characteristics.Power).Take(3), Is.Ordered.Ascending);
        Assert.That(result.Weeks.Select(w => w.Characteristics.Power).Skip(2), Is.Ordered.Descending);
        Assert.That(result.LongestUsefulWeek, Is.EqualTo(28));
    }

    [Test]
    public void Find_ParallelGroups_LongestUsefulFollowUpIsTheLongest()
    {
        Scenario scenario = Oracle with
        {
            Design = new ParallelGroup { Participants = 60, VisitWeeks = [0, 8, 16, 28] },
            Analyses = [new SlopeAnalysis { ThroughWeek = 28 }],
        };

        FollowUpResult result = FollowUp.Find(scenario, options: Options(5_103));

        Assert.That(result.Weeks.Select(w => w.Week), Is.EqualTo((double[])[8, 16, 28]));
        Assert.That(result.BestWeek, Is.EqualTo(28));
        Assert.That(result.LongestUsefulWeek, Is.EqualTo(28));
    }

    // Without effect no end of follow-up is better than the first.
    [Test]
    public void Find_NoEffect_LongestUsefulFollowUpIsTheFirst()
    {
        FollowUpResult result = FollowUp.Find(Oracle with { Effect = new ConstantSlowing() }, options: Options(5_104));

        Assert.That(result.LongestUsefulWeek, Is.EqualTo(28));
    }

    // Common random numbers: what is seen up to week 28 is the same, whether the trial goes on or not.
    [Test]
    public void Find_CutTrials_HaveTheSameParticipantsAsTheWholeOne()
    {
        FollowUpResult result = FollowUp.Find(Oracle, options: Options(5_105));
        PowerResult whole = PowerAnalysis.Run(
            Oracle,
            [new Ancova { Name = "a", Week = 28, Covariates = [] }, new Ancova { Name = "b", Week = 40, Covariates = [] }, new Ancova { Name = "c", Week = 52, Covariates = [] }],
            Options(5_105));

        for (int w = 0; w < 3; w++)
        {
            Assert.That(result.Weeks[w].Characteristics.Rejected, Is.EqualTo(whole.Analyses[w].Rejected));
            Assert.That(result.Weeks[w].Characteristics.MeanEstimate, Is.EqualTo(whole.Analyses[w].MeanEstimate));
        }

        Assert.That(result.Compare(28, 52), Is.EqualTo(whole.Compare("a", "c")));
        Assert.That(result.Weeks[2].BestAgainstThis, Is.EqualTo(result.Compare(result.BestWeek, 52)));
        Assert.That(result.Compare(52, 52).Difference, Is.Zero);
    }

    [TestCase(1, 1)]
    [TestCase(2, 7)]
    [TestCase(5, 1_000)]
    public void Find_ThreadsAndBlocks_GiveTheSameResult(int parallelism, int blockSize)
    {
        Scenario scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        var options = new RunOptions { Replicates = 150, Seed = 3, TrueValues = false };

        Assert.That(
            FollowUp.Find(scenario, "ancova-52", options: options with { Parallelism = parallelism, BlockSize = blockSize }),
            Is.EqualTo(FollowUp.Find(scenario, "ancova-52", options: options)));
    }

    // Every analysis of the presets can be moved, and the name of a moved one says where it went.
    [Test]
    public void Find_EveryAnalysisOfValorsExtension_FindsItsWeeks()
    {
        Scenario scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        using (Assert.EnterMultipleScope())
        {
            foreach (IAnalysis analysis in scenario.Analyses)
            {
                FollowUpResult result = FollowUp.Find(scenario, analysis.Name, options: new RunOptions { Replicates = 5, TrueValues = false });

                Assert.That(result.Weeks[^1].Week, Is.EqualTo(52), analysis.Name);
                Assert.That(result.Weeks.All(w => w.Week >= 28), Is.True, analysis.Name);
            }
        }
    }

    // All analyses that the JSON examples hold, which are all that the library has.
    [Test]
    public void AnalysisEnd_EveryAnalysis_MovesOrCountsAllEvents()
    {
        IAnalysis[] analyses = [.. ScenarioExamples.All.SelectMany(s => s.Analyses)];
        using (Assert.EnterMultipleScope())
        {
            foreach (IAnalysis analysis in analyses)
            {
                IAnalysis moved = AnalysisEnd.At(analysis, 1_234);
                bool countsAll = moved.Equals(analysis);

                Assert.That(countsAll ? EndsWithTheTrial(analysis) : moved.ToString()!.Contains("1234", StringComparison.Ordinal), Is.True, analysis.Name);
            }
        }
    }

    [Test]
    public void Find_EndpointMeasuredAtSomeVisits_TriesThoseOnly()
    {
        Scenario valor = ValorOpenLabelExtension.ToWeek52.Scenario;
        Endpoint endpoint = valor.Endpoints[0] with { VisitWeeks = [0, 28, 52] };
        Scenario scenario = valor with
        {
            Endpoints = [endpoint],
            Analyses = [new EndpointAnalysis { Endpoint = endpoint.Name, Analysis = new Ancova { Week = 52 } }],
        };

        FollowUpResult result = FollowUp.Find(scenario, fromWeek: 0, options: new RunOptions { Replicates = 20, TrueValues = false });

        Assert.That(result.Weeks.Select(w => w.Week), Is.EqualTo((double[])[28, 52]));
    }

    [Test]
    public void Find_NoVisitLeft_ThrowsWithTheWeeks() =>
        Assert.That(
            () => FollowUp.Find(Oracle, fromWeek: 53), Throws.ArgumentException.With.Message.Contains("from week 53").And.Message.Contains("28, 40, 52"));

    [Test]
    public void Find_Precision_IsRefused() =>
        Assert.That(
            () => FollowUp.Find(Oracle, options: new RunOptions { Precision = 0.01 }), Throws.ArgumentException.With.Message.Contains("precision"));

    [Test]
    public void Find_UnknownAnalysis_ThrowsWithTheNames() =>
        Assert.That(() => FollowUp.Find(Oracle, "ancova"), Throws.ArgumentException.With.Message.Contains("ancova-52"));

    [Test]
    public void Compare_WeekThatIsNotThere_ThrowsWithTheWeeks()
    {
        FollowUpResult result = FollowUp.Find(Oracle, options: Options(1) with { Replicates = 2 });

        Assert.That(
            () => result.Compare(28, 30), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("28, 40, 52"));
    }

    private static bool EndsWithTheTrial(IAnalysis analysis) => analysis switch
    {
        WrappedAnalysis wrapped => EndsWithTheTrial(wrapped.Analysis),
        TimeToEventAnalysis survival => survival.ToString()!.Contains("ThroughWeek = ,", StringComparison.Ordinal),
        _ => false,
    };

    private static RunOptions Options(ulong seed) =>
        new() { Replicates = Replicates, Seed = FalseAlarm.Seed(seed), TrueValues = false, CollectCourses = false };
}
