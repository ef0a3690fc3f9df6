using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Cancellation, progress and failures of a run.</summary>
public sealed class PowerAnalysisRunTests
{
    private static readonly AnalysisResult Nothing = new() { Status = AnalysisStatus.Converged, PValue = 1 };

    [TestCase(1)]
    [TestCase(2)]
    public void Run_CancelledInTheMiddle_StopsWithinOneReplicateAThread(int threads)
    {
        using var source = new CancellationTokenSource();
        int started = 0;
        var analysis = new FunctionAnalysis(_ =>
        {
            if (Interlocked.Increment(ref started) == 20)
            {
                source.Cancel();
            }

            return Nothing;
        });

        Assert.That(
            () => PowerAnalysis.Run(
                TestScenarios.Bare, [analysis], Options(threads) with { Replicates = 1_000_000 }, cancellation: source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(started, Is.LessThanOrEqualTo(20 + (threads * 2)));
    }

    [Test]
    public void Run_CancelledBeforehand_DoesNothing()
    {
        bool ran = false;
        var analysis = new FunctionAnalysis(_ =>
        {
            ran = true;
            return Nothing;
        });

        Assert.That(
            () => PowerAnalysis.Run(TestScenarios.Bare, [analysis], Options(1), cancellation: new CancellationToken(true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(ran, Is.False);
    }

    [TestCase(1)]
    [TestCase(4)]
    public void Run_Progress_RisesAndEndsAtPlanned(int threads)
    {
        var listener = new Listener(pauseMilliseconds: 0);
        PowerAnalysis.Run(
            TestScenarios.Rich,
            [new FunctionAnalysis(_ => Nothing)],
            Options(threads) with { Replicates = 3_000, CollectCourses = false },
            listener);

        Assert.That(listener.Reports.Select(r => r.Planned), Is.All.EqualTo(3_000));
        Assert.That(listener.Reports.Select(r => r.Completed), Is.Ordered.Ascending);
        Assert.That(listener.Reports[^1].Completed, Is.EqualTo(3_000));
        Assert.That(listener.Reports, Has.Count.GreaterThan(1));
    }

    // A listener that takes its time must not hear of an earlier state after a later one.
    // Rejects in every fourth replicate.
    [TestCase(1)]
    [TestCase(3)]
    public void Run_Progress_CarriesTheRunningPower(int threads)
    {
        int calls = 0;
        var listener = new Listener(0);
        PowerAnalysis.Run(
            TestScenarios.Bare,
            [new FunctionAnalysis(_ => Nothing with { PValue = Interlocked.Increment(ref calls) % 4 == 0 ? 0 : 1 })],
            Options(threads) with { Replicates = 2_000, BlockSize = 10, TrueValues = false },
            listener);

        RunningPower last = listener.Reports[^1].Analyses.Single();
        Assert.That((last.Rejected, last.Replicates, last.Power), Is.EqualTo((500, 2_000, 0.25)));
        Assert.That(last.MonteCarloError, Is.EqualTo(Math.Sqrt(0.25 * 0.75 / 2_000)));
        Assert.That(listener.Reports.Select(r => r.Analyses[0].Replicates), Is.All.GreaterThan(0).And.All.LessThanOrEqualTo(2_000));
        Assert.That(listener.Reports.Select(r => r.Part), Is.All.Null);
    }

    [Test]
    public void RunProgress_Default_HasNoAnalyses() => Assert.That(default(RunProgress).Analyses, Is.Empty);

    [Test]
    public void Run_SlowListener_HearsRisingNumbersAndPlannedLast()
    {
        var listener = new Listener(pauseMilliseconds: 300);
        PowerAnalysis.Run(
            TestScenarios.Bare,
            [new FunctionAnalysis(_ => Nothing)],
            Options(2) with { Replicates = 200, BlockSize = 1 },
            listener);

        Assert.That(listener.Reports.Select(r => r.Completed), Is.Ordered.Ascending);
        Assert.That(listener.Reports[^1].Completed, Is.EqualTo(200));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Run_AnalysisThrows_NamesTheReplicate(int threads)
    {
        var simulator = new TrialSimulator(TestScenarios.Rich);
        double first = simulator.Simulate(77, 123).FollowUpMonths.ToArray().Sum();
        var analysis = new FunctionAnalysis(data => data.FollowUpMonths.ToArray().Sum() == first
            ? throw new NotSupportedException("No luck.")
            : Nothing);

        Assert.That(
            () => PowerAnalysis.Run(
                TestScenarios.Rich, [analysis], Options(threads) with { Replicates = 300, Seed = 77, BlockSize = 7 }),
            Throws.InstanceOf<ReplicateException>()
                .With.Property(nameof(ReplicateException.Replicate)).EqualTo(123)
                .And.Property(nameof(ReplicateException.Seed)).EqualTo(77UL)
                .And.Message.Contains("Replicate 123 of seed 77").And.Message.Contains("No luck.")
                .And.InnerException.InstanceOf<NotSupportedException>());
    }

    [Test]
    public void Run_AnalysisThrows_StopsTheOtherThreads()
    {
        int runs = 0;
        var analysis = new FunctionAnalysis(_ => Interlocked.Increment(ref runs) == 50
            ? throw new NotSupportedException()
            : Nothing);

        Assert.That(
            () => PowerAnalysis.Run(TestScenarios.Bare, [analysis], Options(2) with { Replicates = 1_000_000 }),
            Throws.InstanceOf<ReplicateException>());

        // The other thread may be anywhere until the exception has been raised; it never runs the trial to its end.
        Assert.That(runs, Is.LessThan(100_000));
    }

    [Test]
    public void Run_ScenarioThatDoesNotFit_ThrowsBeforeAnyReplicate() =>
        Assert.That(
            () => PowerAnalysis.Run(TestScenarios.Bare, [new Ancova { Week = 30 }]),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("0, 28, 52"));

    [Test]
    public void Run_Null_ThrowsNamingScenario() =>
        Assert.That(
            () => PowerAnalysis.Run(null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("scenario"));

    [Test]
    public void Run_Result_RepeatsWhatWasRun()
    {
        PowerResult result = PowerAnalysis.Run(
            TestScenarios.Bare, [new Ancova { Week = 28, Covariates = [] }], new RunOptions { Replicates = 3, Seed = 9 });

        Assert.That(result.Replicates, Is.EqualTo(3));
        Assert.That(result.Seed, Is.EqualTo(9UL));
        Assert.That(result.Scenario.Analyses, Has.Count.EqualTo(1));
        Assert.That(result.Courses!.Replicates, Is.EqualTo(3));
        Assert.That(result.Courses.Participants(0) + result.Courses.Participants(1), Is.EqualTo(300));
    }

    private static RunOptions Options(int threads) => new() { Replicates = 100, Seed = 1, Parallelism = threads };

    /// <summary>Notes reports as it comes to them; the first may take a while.</summary>
    private sealed class Listener(int pauseMilliseconds) : IProgress<RunProgress>
    {
        private readonly Lock _lock = new();
        private int _calls;

        internal List<RunProgress> Reports { get; } = [];

        public void Report(RunProgress value)
        {
            if (Interlocked.Increment(ref _calls) == 1)
            {
                Thread.Sleep(pauseMilliseconds);
            }

            lock (_lock)
            {
                Reports.Add(value);
            }
        }
    }
}
