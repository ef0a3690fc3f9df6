using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Bad priors, tallies that are written and read, cancellation and progress of an assurance.</summary>
public sealed class AssuranceRunTests
{
    private static readonly RunOptions Options = new() { Replicates = 200, Seed = 2041, Parallelism = 1 };

    private static Scenario Scenario => TestScenarios.Bare with
    {
        Effect = new SlopeReduction { MaxReduction = 0.3 },
        Analyses = [new JointRank { Week = 28 }],
    };

    [TestCase("effect.maxReductio~uniform(0,1)", "unknown property. Did you mean 'maxReduction'")]
    [TestCase("effect.maxReduction~uniform(0.2,1.2)", "Must lie in [-1, 1]")]
    [TestCase("effect.maxReduction~normal(1.5,0.1)", "Must lie in [-1, 1]")]
    [TestCase("design.participants~normal(100,1)", "")]
    [TestCase("design.participants~uniform(50,100)", "not a whole number")]
    [TestCase("population.strata.quick.residualSd~uniform(1,2)", "has alike")]
    [TestCase("effect.type~uniform(1,2)", "cannot be changed alone")]
    [TestCase("effect~uniform(1,2)", "not an object")]
    public void Run_PriorThatDoesNotFit_IsRefused(string prior, string problem) =>
        Assert.That(
            () => AssuranceAnalysis.Run(Scenario, new JointPrior { Priors = [Prior.Parse(prior)] }, Options),
            Throws.InstanceOf<ArgumentException>().Or.InstanceOf<ReplicateException>().With.Message.Contains(problem));

    // The draw itself is beyond the range of the property: never clamped, never left out.
    [Test]
    public void Run_DrawOutOfRange_NamesReplicatePathValueAndWhatToDo()
    {
        var prior = new JointPrior { Priors = [Prior.Parse("effect.maxReduction~normal(0.9,0.05)")] };
        var draws = new PriorDraws(prior);
        int first = Enumerable.Range(0, 200).First(r =>
        {
            draws.Draw(Options.Seed, r);
            return draws.Values[0] > 1;
        });
        draws.Draw(Options.Seed, first);

        Assert.That(
            () => AssuranceAnalysis.Run(Scenario, prior, Options),
            Throws.InstanceOf<ReplicateException>()
                .With.Property(nameof(ReplicateException.Replicate)).EqualTo(first)
                .And.Message.Contains("$.effect.maxReduction")
                .And.Message.Contains(FormattableString.Invariant($"{draws.Values[0]}"))
                .And.Message.Contains("[-1, 1]")
                .And.Message.Contains("Cut the prior off")
                .And.InnerException.InstanceOf<ScenarioFormatException>());
    }

    [Test]
    public void Run_Function_MustLeaveTheAnalyses()
    {
        JointPrior Of(Func<Scenario, double, Scenario> change) => new()
        {
            Priors = [new Prior { Name = "f", Change = change, Distribution = new UniformDistribution { Minimum = 0, Maximum = 1 } }],
        };

        Assert.That(
            () => AssuranceAnalysis.Run(Scenario, Of((s, _) => s with { Analyses = [new Ancova { Week = 28 }] }), Options),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("changes the analyses"));
        Assert.That(
            () => AssuranceAnalysis.Run(Scenario, Of((_, _) => null!), Options), Throws.InstanceOf<ArgumentException>().With.Message.Contains("no scenario"));
    }

    [Test]
    public void Run_BadArguments_AreRefused()
    {
        JointPrior prior = new() { Priors = [Prior.Parse("effect.maxReduction~uniform(0,1)")] };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => AssuranceAnalysis.Run(null!, prior), Throws.ArgumentNullException);
            Assert.That(() => AssuranceAnalysis.Run(Scenario, null!), Throws.ArgumentNullException);
            Assert.That(
                () => AssuranceAnalysis.Run(Scenario with { Analyses = [] }, prior), Throws.InstanceOf<ArgumentException>().With.Message.Contains("no analyses"));
            Assert.That(
                () => AssuranceAnalysis.Run(Scenario, prior, Options with { Precision = 0.01 }),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("fixed number of replicates"));
            Assert.That(
                () => AssuranceAnalysis.Run(Scenario, new JointPrior { Priors = [Prior.Of("effect.maxReduction", new NotANumber())] }),
                Throws.InstanceOf<ArgumentException>().With.Message.Contains("not a number"));
        }
    }

    [Test]
    public void Run_ModelOfOnesOwn_TakesFunctionsAndRefusesPaths()
    {
        Scenario own = Scenario with { Analyses = [new FunctionAnalysis(_ => new AnalysisResult { Status = AnalysisStatus.Converged, Statistic = 3, PValue = 0 })] };
        Prior function = new()
        {
            Name = "f",
            Change = (s, x) => s with { Effect = new SlopeReduction { MaxReduction = x } },
            Distribution = new UniformDistribution { Minimum = 0, Maximum = 1 },
        };

        Assert.That(AssuranceAnalysis.Run(own, new JointPrior { Priors = [function] }, Options).Analyses[0].Success.Value, Is.EqualTo(1));
        Assert.That(
            () => AssuranceAnalysis.Run(own, new JointPrior { Priors = [Prior.Parse("effect.maxReduction~uniform(0,1)")] }, Options),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("functions, not paths"));
    }

    // Parts of a run, written, read and added up in any order, are the run.
    [Test]
    public void Tally_WrittenAndRead_IsTheSumOfItsParts()
    {
        JointPrior prior = new() { Priors = [Prior.Parse("effect.maxReduction~uniform(0,1)"), Prior.Parse("population.strata.alike.residualSd~uniform(1,3)")] };
        var scenarios = new PriorScenarios(Scenario, prior.Priors);
        AssuranceWorker whole = Worker(0, 60);
        AssuranceWorker sum = Worker(0, 0);
        foreach (AssuranceWorker part in (AssuranceWorker[])[Worker(35, 60), Worker(0, 35)])
        {
            using var stream = new MemoryStream(Bytes(part));
            sum.Tally.Visit(new TallyReader(new BinaryReader(stream)));
        }

        Assert.That(Bytes(sum), Is.EqualTo(Bytes(whole)));
        whole.Tally.Visit(new TallyClearer());
        Assert.That(Bytes(whole), Is.EqualTo(Bytes(Worker(0, 0))));

        AssuranceWorker Worker(int from, int to)
        {
            var worker = new AssuranceWorker(scenarios, prior, seed: 5);
            for (int r = from; r < to; r++)
            {
                worker.Run(r, CancellationToken.None);
            }

            return worker;
        }
    }

    [Test]
    public void Run_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        int started = 0;
        Scenario scenario = Scenario with
        {
            Analyses = [new FunctionAnalysis(_ =>
            {
                if (++started == 20)
                {
                    source.Cancel();
                }

                return new AnalysisResult { Status = AnalysisStatus.Converged, PValue = 1 };
            })],
        };
        JointPrior prior = new() { Priors = [new Prior { Name = "f", Change = (s, _) => s, Distribution = new UniformDistribution { Minimum = 0, Maximum = 1 } }] };

        Assert.That(
            () => AssuranceAnalysis.Run(scenario, prior, Options, cancellation: source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(started, Is.EqualTo(20));
    }

    [Test]
    public void Run_Progress_RisesOverBothRuns()
    {
        var reports = new List<RunProgress>();
        AssuranceAnalysis.Run(
            Scenario, new JointPrior { Priors = [Prior.Parse("effect.maxReduction~uniform(0,1)")] }, Options, new Listener(reports.Add));

        Assert.That(reports.Select(r => r.Completed), Is.Ordered.Ascending);
        Assert.That(reports[^1].Completed, Is.EqualTo(reports[^1].Planned));
    }

    // With every prior at its median a warm replicate allocates nothing, as in a power analysis.
    [Test]
    public void Run_WarmAtTheMedians_AllocatesNothing()
    {
        var worker = new AssuranceWorker(new PriorScenarios(Scenario, [Prior.Parse("effect.maxReduction~uniform(0,1)")]), prior: null, seed: 1);
        int replicate = 0;

        Assert.That(Common.WarmAllocation.Least(() => worker.Run(replicate++, CancellationToken.None)), Is.Zero);
    }

    private static byte[] Bytes(AssuranceWorker worker)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        worker.Tally.Visit(new TallyWriter(writer));
        writer.Flush();
        return stream.ToArray();
    }

    private sealed class NotANumber : IPriorDistribution
    {
        public double Quantile(double probability) => double.NaN;
    }

    private sealed class Listener(Action<RunProgress> hear) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => hear(value);
    }
}
