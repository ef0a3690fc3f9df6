using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>How searches for a power end, what they refuse, and that threads and blocks do not change them.</summary>
public sealed class SampleSizeTests
{
    private static Scenario Trial => CurveAnalysis.Trial(CurveAnalysis.NormalTest(60));

    private static SampleSizeQuery Quick => new() { Precision = 0.1, Seed = 11 };

    [Test]
    public void Find_NoEffect_IsOutOfReachAtAboutTheLevelWithFewTrials()
    {
        SampleSizeResult result = SampleSize.Find(CurveAnalysis.Trial(new CurveAnalysis(_ => 0.05)), Quick);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Status, Is.EqualTo(PowerSearchStatus.OutOfReach));
            Assert.That(result.Participants, Is.Null);
            Assert.That(result.Crossing, Is.NaN);
            Assert.That(result.StillRises, Is.False);
            Assert.That(result.IsPrecise, Is.True);
            Assert.That(result.Scenario.Design.Participants, Is.EqualTo(20_000));
            Assert.That(result.Replicates, Is.LessThanOrEqualTo(1_400));
            Assert.That(result.Power.Value, Is.EqualTo(0.05).Within(4.9 * Math.Sqrt(0.05 * 0.95 / 200)));
            Assert.That(result.Power.MonteCarloError, Is.InRange(0.001, 0.03));
        }
    }

    [Test]
    public void Find_PowerTendsToALimitBelowTheTarget_IsOutOfReachAtThatLimit()
    {
        SampleSizeResult result = SampleSize.Find(
            CurveAnalysis.Trial(new CurveAnalysis(n => 0.7 * CurveAnalysis.NormalPower(n, 60))), Quick with { Maximum = 5_000 });

        Assert.That(result.Status, Is.EqualTo(PowerSearchStatus.OutOfReach));
        Assert.That(result.Power.Value, Is.EqualTo(0.7).Within(4.9 * result.Power.MonteCarloError));
        Assert.That(result.StillRises, Is.False);
    }

    [Test]
    public void Find_MaximumTooSmall_IsOutOfReachAndStillRises()
    {
        SampleSizeResult result = SampleSize.Find(Trial, Quick with { Maximum = 36 });

        Assert.That(result.Status, Is.EqualTo(PowerSearchStatus.OutOfReach));
        Assert.That(result.StillRises, Is.True);
        Assert.That(result.Power.Value, Is.EqualTo(CurveAnalysis.NormalPower(36, 60)).Within(4.9 * result.Power.MonteCarloError));
    }

    [Test]
    public void Find_MinimumIsEnough_IsReachedThere()
    {
        SampleSizeResult result = SampleSize.Find(Trial, Quick with { Minimum = 200 });

        Assert.That(result.Status, Is.EqualTo(PowerSearchStatus.AlreadyReached));
        Assert.That(result.Participants, Is.EqualTo(200));
        Assert.That(result.Power.Value, Is.GreaterThan(0.98));
        Assert.That(result.Replicates, Is.LessThanOrEqualTo(400));
    }

    // Where the crossing is so near to an end that the end cannot decide, the regression does: 60 and its neighbours have powers of 0.8 ± 0.02.
    [TestCase(64, 20_000, PowerSearchStatus.AlreadyReached)]
    [TestCase(20, 56, PowerSearchStatus.OutOfReach)]
    [TestCase(20, 64, PowerSearchStatus.Found)]
    [TestCase(56, 1_000, PowerSearchStatus.Found)]
    public void Find_CrossingNearAnEnd_IsDecidedByTheRegression(int minimum, int maximum, PowerSearchStatus status)
    {
        SampleSizeResult result = SampleSize.Find(Trial, new SampleSizeQuery { Minimum = minimum, Maximum = maximum, Seed = 12, Precision = 0.01 });

        Assert.That(result.Status, Is.EqualTo(status));
        Assert.That(result.Tried.Select(t => t.Value), Is.All.InRange(minimum, maximum));
    }

    [Test]
    public void Find_PowerThatNeverCrossesClearly_EndsAtTheLargestCost()
    {
        SampleSizeResult result = SampleSize.Find(
            CurveAnalysis.Trial(new CurveAnalysis(_ => 0.8)), Quick with { Maximum = 100, MaximumCost = 1 });

        Assert.That(result.Status, Is.EqualTo(PowerSearchStatus.Undecided).Or.EqualTo(PowerSearchStatus.AlreadyReached).Or.EqualTo(PowerSearchStatus.OutOfReach));
        Assert.That(result.Cost, Is.LessThan(2));
    }

    [Test]
    public void Find_LittleCost_SaysThatItIsNotPrecise()
    {
        SampleSizeResult result = SampleSize.Find(Trial, Quick with { Precision = 0.005, MaximumCost = 0.5 });

        Assert.That(result.Status, Is.EqualTo(PowerSearchStatus.Found));
        Assert.That(result.IsPrecise, Is.False);
        Assert.That(result.Cost, Is.LessThan(0.6));
    }

    // At n = 20 one participant is 5 %: an interval between two multiples of four leaves one answer.
    [Test]
    public void Find_FewParticipants_EndsWhenOneNumberIsLeft()
    {
        SampleSizeResult result = SampleSize.Find(
            CurveAnalysis.Trial(CurveAnalysis.NormalTest(22)), new SampleSizeQuery { Minimum = 8, Multiple = 4, Precision = 0.001, Seed = 3 });

        Assert.That(result.Participants, Is.EqualTo(24));
        Assert.That(result.IsPrecise, Is.True);
        Assert.That(result.Tried.Select(t => t.Value % 4), Is.All.Zero);
        Assert.That(result.Cost, Is.LessThan(5));
    }

    [TestCase(1, 1)]
    [TestCase(2, 7)]
    [TestCase(5, 1_000)]
    public void Find_ThreadsAndBlocks_GiveTheSameResult(int parallelism, int blockSize)
    {
        Scenario scenario = Valor.Preset.Scenario;
        var query = new SampleSizeQuery { Analysis = "ancova-28", Precision = 0.2, Seed = 4 };

        SampleSizeResult result = SampleSize.Find(scenario, query with { Parallelism = parallelism, BlockSize = blockSize });

        Assert.That(result, Is.EqualTo(SampleSize.Find(scenario, query)));
    }

    [Test]
    public void Find_OwnSizeOfTheScenario_DoesNotMatter()
    {
        SampleSizeResult small = SampleSize.Find(Trial, Quick);
        SampleSizeResult large = SampleSize.Find(Trial with { Design = Trial.Design with { Participants = 5_000 } }, Quick);

        Assert.That(large.Crossing, Is.EqualTo(small.Crossing));
        Assert.That(large.Tried, Is.EqualTo(small.Tried));
    }

    [Test]
    public void Find_Progress_RisesAndEndsWithAllReplicates()
    {
        var reports = new List<RunProgress>();
        SampleSizeResult result = SampleSize.Find(Trial, Quick with { Parallelism = 1 }, new Listener(reports));

        Assert.That(reports.Select(r => r.Completed), Is.Ordered.Ascending);
        Assert.That((reports[^1].Completed, reports[^1].Planned), Is.EqualTo((result.Replicates, result.Replicates)));
        Assert.That(reports, Has.Some.Matches<RunProgress>(r => r.Part is { } part && part.EndsWith(" participants", StringComparison.Ordinal) && r.Analyses.Count == 1));
    }

    [Test]
    public void Find_Cancelled_Throws() =>
        Assert.That(
            () => SampleSize.Find(Trial, Quick, cancellation: new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public void Find_Tried_AddsUp()
    {
        SampleSizeResult result = SampleSize.Find(Trial, Quick);

        Assert.That(result.Tried.Sum(t => t.Replicates), Is.EqualTo(result.Replicates));
        Assert.That(result.Tried.Sum(t => t.Replicates * t.Value), Is.EqualTo(result.SimulatedParticipants));
        Assert.That(result.Tried.Select(t => t.Value), Is.Ordered.Ascending);
        Assert.That(result.Cost, Is.EqualTo(result.SimulatedParticipants / 10_000.0 / result.Participants!.Value).Within(1e-12));
    }

    [Test]
    public void Find_DoseRanging_BeginsWhereEveryCohortHasItsArms()
    {
        Scenario scenario = PhaseOneTwo.Preset.Scenario;

        SampleSizeResult result = SampleSize.Find(scenario, Quick with { Analysis = scenario.Analyses[0].Name, Maximum = 400 });

        Assert.That(((DoseRanging)scenario.Design with { Participants = (int)result.Tried[0].Value }).CohortSizes.Min(), Is.GreaterThanOrEqualTo(4));
    }

    [TestCase("ancova-27", "Did you mean 'ancova-28'?")]
    [TestCase(null, "several analyses; name one")]
    public void Find_AnalysisThatIsNotThere_ThrowsWithTheNames(string? name, string hint) =>
        Assert.That(
            () => SampleSize.Find(Valor.Preset.Scenario, Quick with { Analysis = name }),
            Throws.ArgumentException.With.Message.Contains(hint).And.Message.Contains("log-rank-28"));

    [TestCase(200, 100, null)]
    [TestCase(200, 200, null)]
    [TestCase(30, 50, 100)]
    public void Find_EmptyRange_ThrowsWithTheNumbers(int minimum, int maximum, int? multiple) =>
        Assert.That(
            () => SampleSize.Find(Trial, Quick with { Minimum = minimum, Maximum = maximum, Multiple = multiple }),
            Throws.ArgumentException.With.Message.Contains("nothing to search between").And.Message.Contains("minimum must be below the maximum"));

    [Test]
    public void Find_PowerNotAboveTheLevel_ThrowsWithBoth() =>
        Assert.That(
            () => SampleSize.Find(Trial, Quick with { Power = 0.05 }), Throws.ArgumentException.With.Message.Contains("0.05").And.Message.Contains("level"));

    [TestCase(double.NaN)]
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1.2)]
    public void Query_PowerOutOfRange_Throws(double power) =>
        Assert.That(() => Quick with { Power = power }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Power"));

    [Test]
    public void Query_OtherNumbersOutOfRange_ThrowNamingThem()
    {
        using (Assert.EnterMultipleScope())
        {
            AssertNames("Precision", () => _ = Quick with { Precision = 0 });
            AssertNames("Precision", () => _ = Quick with { Precision = double.NaN });
            AssertNames("MaximumCost", () => _ = Quick with { MaximumCost = 0 });
            AssertNames("Minimum", () => _ = Quick with { Minimum = 1 });
            AssertNames("Maximum", () => _ = Quick with { Maximum = 1_000_001 });
            AssertNames("Multiple", () => _ = Quick with { Multiple = 0 });
            AssertNames("Parallelism", () => _ = Quick with { Parallelism = 0 });
            AssertNames("BlockSize", () => _ = Quick with { BlockSize = 0 });
            AssertNames("From", () => _ = new DetectableEffectQuery { From = double.NaN, To = 1 });
        }
    }

    private static void AssertNames(string parameter, Action code) =>
        Assert.That(code, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(parameter));

    /// <summary>Notes reports as they come.</summary>
    private sealed class Listener(List<RunProgress> reports) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => reports.Add(value);
    }
}
