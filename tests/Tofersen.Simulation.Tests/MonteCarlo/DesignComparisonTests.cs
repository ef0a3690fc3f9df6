using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class DesignComparisonTests
{
    private static readonly RunOptions Options = new() { Replicates = 150, Seed = 2021, CollectCourses = false, TrueValues = false };

    private static Scenario First => TestScenarios.Rich with { Analyses = [new Ancova { Week = 28 }, new JointRank { Week = 52 }] };

    private static Scenario Second => First with
    {
        Name = "larger",
        Design = First.Design with { Participants = 200 },
        Analyses = [new JointRank { Week = 52 }, new LogRank()],
    };

    [Test]
    public void Run_EachDesign_EqualsItsScenarioRunAlone()
    {
        DesignComparison comparison = DesignComparison.Run(First, Second, Options);

        Assert.That(comparison.First.Analyses, Is.EqualTo(PowerAnalysis.Run(First, options: Options).Analyses));
        Assert.That(comparison.Second.Analyses, Is.EqualTo(PowerAnalysis.Run(Second, options: Options).Analyses));
        PairedComparison ranks = comparison.Compare("joint-rank-52");
        Assert.That(ranks.Both + ranks.FirstOnly, Is.EqualTo(comparison.First.Analyses[1].Rejected));
        Assert.That(ranks.Both + ranks.SecondOnly, Is.EqualTo(comparison.Second.Analyses[0].Rejected));
    }

    [Test]
    public void Compare_OneScenarioWithItself_EqualsTheComparisonWithinIt()
    {
        DesignComparison comparison = DesignComparison.Run(First, First, Options);
        PowerResult alone = PowerAnalysis.Run(First, options: Options);

        Assert.That(comparison.Compare("ancova-28", "joint-rank-52"), Is.EqualTo(alone.Compare("ancova-28", "joint-rank-52")));
        Assert.That(comparison.Compare("ancova-28").MonteCarloError, Is.Zero);
        Assert.That(comparison.Compare("ancova-28").PValue, Is.EqualTo(1));
    }

    [Test]
    public void Compare_SwappedDesigns_FlipsTheSign()
    {
        PairedComparison one = DesignComparison.Run(First, Second, Options).Compare("ancova-28", "joint-rank-52");
        PairedComparison other = DesignComparison.Run(Second, First, Options).Compare("joint-rank-52", "ancova-28");

        Assert.That(other, Is.EqualTo(new PairedComparison(one.Both, one.SecondOnly, one.FirstOnly, one.Neither)));
        Assert.That(other.Difference, Is.EqualTo(-one.Difference));
        Assert.That(other.PValue, Is.EqualTo(one.PValue));
    }

    [Test]
    public void Run_Progress_RisesOverBothDesigns()
    {
        var reports = new List<RunProgress>();
        DesignComparison.Run(First, Second, Options with { Parallelism = 1 }, new SynchronousProgress(reports.Add));

        Assert.That(reports.Select(r => r.Completed), Is.Ordered.Ascending);
        Assert.That(reports[^1].Completed, Is.EqualTo(reports[^1].Planned));
        Assert.That(reports[^1].Part, Is.EqualTo($"2 of 2: {Second.Name}"));
    }

    [Test]
    public void Comparison_BadInput_IsRefused()
    {
        DesignComparison comparison = DesignComparison.Run(First, Second, Options with { Replicates = 1 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => DesignComparison.Run(null!, Second), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("first"));
            Assert.That(() => DesignComparison.Run(First, null!), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("second"));
            Assert.That(
                () => DesignComparison.Run(First, Second with { Analyses = [] }),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("'larger' has no analyses"));
            Assert.That(() => comparison.Compare("ancova-28"), Throws.InstanceOf<ArgumentException>().With.Message.Contains("joint-rank-52, log-rank"));
            Assert.That(
                () => comparison.Compare("mmrm", "log-rank"), Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("firstAnalysis"));
        }
    }

    private sealed class SynchronousProgress(Action<RunProgress> hear) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => hear(value);
    }
}
