using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Bad sweeps, cancellation and progress.</summary>
public sealed class SweepRunTests
{
    private static readonly RunOptions Options = new() { Replicates = 200, Seed = 2011, CollectCourses = false, TrueValues = false };

    private static Scenario Scenario => TestScenarios.Bare with { Analyses = [new JointRank { Week = 28 }] };

    private static Sweep Sizes => new() { Axes = [SweepAxis.Of("design.participants", 10, 20, 30)] };

    [TestCase("design.participant=10", "design.participant = 10", "Did you mean 'participants'")]
    [TestCase("design.participants=10,1", "design.participants = 1 ", "$.design.participants")]
    [TestCase("design.participants=10.5", "design.participants = 10.5", "not a whole number")]
    [TestCase("design.participants=many", "design.participants = many", "not a whole number")]
    [TestCase("population.strata.quick.residualSd=1", "population.strata.quick.residualSd = 1", "has alike")]
    [TestCase("population.strata[3].residualSd=1", "population.strata[3].residualSd = 1", "There is nothing at")]
    [TestCase("analyses[0].week=30", "analyses[0].week = 30", "$.analyses[0]")]
    [TestCase("analyses=[[]]", "analyses = []", "no analyses")]
    public void Run_InvalidCell_NamesItBeforeAnythingRuns(string axis, string cell, string problem)
    {
        bool ran = false;
        var progress = new Listener(_ => ran = true);

        Assert.That(
            () => Sweep.Run(Scenario, new Sweep { Axes = [SweepAxis.Parse(axis)] }, Options, progress),
            Throws.InstanceOf<ArgumentException>().With.Message.StartsWith("Cell " + cell).And.Message.Contains(problem));
        Assert.That(ran, Is.False);
    }

    [Test]
    public void Run_BadSweep_IsRefused()
    {
        SweepAxis axis = SweepAxis.Of("design.participants", 10, 20);
        SweepAxis[] many = [.. Enumerable.Range(0, 14).Select(i => SweepAxis.OfFunction($"f{i}", (s, _) => s, 1, 2))];
        using (Assert.EnterMultipleScope())
        {
            Refused(new Sweep { Axes = [axis, axis] }, "Two axes are called 'design.participants'");
            Refused(new Sweep { Axes = [axis, axis with { Name = "again" }] }, "Two axes change 'design.participants'");
            Refused(new Sweep { Axes = [axis with { Values = [10, 10] }] }, "the value 10 twice");
            Refused(new Sweep { Axes = [axis with { Change = (s, _) => s }] }, "either paths or a function");
            Refused(new Sweep { Axes = [new SweepAxis { Name = "none", Values = [1] }] }, "either paths or a function");
            Refused(new Sweep { Axes = [many[0] with { Values = ["a"] }] }, "'a' is none");
            Refused(new Sweep { Axes = [.. many] }, "16384 cells");
            Refused(new Sweep { Axes = [.. many] }, "at most 10000");
            Refused(new Sweep { Axes = [axis], Reference = [30] }, "There is no cell 30");
            Refused(new Sweep { Axes = [axis], Reference = [] }, "one value of each axis");
            Refused(new Sweep { Axes = [axis], Reference = [10], Layout = SweepLayout.OneAtATime }, "no other reference");
            Refused(new Sweep { Axes = [SweepAxis.OfFunction("f", (_, _) => null!, 1)] }, "gave no scenario");
            Assert.That(() => new Sweep { Axes = [] }, Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("Axes"));
            Assert.That(() => Sweep.Run(null!, Sizes), Throws.ArgumentNullException);
            Assert.That(() => Sweep.Run(Scenario, null!), Throws.ArgumentNullException);
            Assert.That(
                () => Sweep.Run(TestScenarios.Bare, Sizes), Throws.InstanceOf<ArgumentException>().With.Message.Contains("no analyses"));
        }
    }

    [Test]
    public void Run_ManyCellsOneAtATime_AreCountedAsASum()
    {
        SweepAxis[] many = [.. Enumerable.Range(0, 14).Select(i => SweepAxis.OfFunction($"f{i}", (s, _) => s, 1, 2))];
        var sweep = new Sweep { Axes = [.. many], Layout = SweepLayout.OneAtATime };

        Assert.That(Sweep.Run(Scenario, sweep, Options with { Replicates = 1 }).Cells, Has.Count.EqualTo(29));
    }

    [Test]
    public void Run_Cancelled_StopsBetweenAndWithinCells()
    {
        using var source = new CancellationTokenSource();
        int started = 0;
        Scenario scenario = TestScenarios.Bare with
        {
            Analyses = [new FunctionAnalysis(_ =>
            {
                if (Interlocked.Increment(ref started) == 250)
                {
                    source.Cancel();
                }

                return new AnalysisResult { Status = AnalysisStatus.Converged, PValue = 1 };
            })],
        };
        var sweep = new Sweep { Axes = [SweepAxis.OfFunction("n", (s, n) => s with { Design = s.Design with { Participants = (int)n } }, 10, 20, 30)] };

        Assert.That(
            () => Sweep.Run(scenario, sweep, Options with { Parallelism = 1 }, cancellation: source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(started, Is.EqualTo(250));
    }

    [Test]
    public void Run_Progress_RisesOverAllCellsToItsEnd()
    {
        var reports = new List<RunProgress>();
        Sweep.Run(Scenario, Sizes, Options, new Listener(reports.Add));

        Assert.That(reports.Select(r => r.Planned), Is.All.EqualTo(600));
        Assert.That(reports.Select(r => r.Completed), Is.Ordered.Ascending);
        Assert.That(reports[^1].Completed, Is.EqualTo(600));
        Assert.That(reports.Select(r => r.Part!.Split(':')[0]).Distinct(), Is.EqualTo((string[])["1 of 3", "2 of 3", "3 of 3"]));
        Assert.That(reports[^1].Analyses[0].Replicates, Is.EqualTo(200), "powers are those of the cell");
    }

    private static void Refused(Sweep sweep, string message) =>
        Assert.That(() => Sweep.Run(Scenario, sweep, Options), Throws.InstanceOf<ArgumentException>().With.Message.Contains(message));

    private sealed class Listener(Action<RunProgress> hear) : IProgress<RunProgress>
    {
        private readonly Lock _lock = new();

        public void Report(RunProgress value)
        {
            lock (_lock)
            {
                hear(value);
            }
        }
    }
}
