using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.MonteCarlo;

public sealed class SweepTests
{
    private static readonly RunOptions Options = new() { Replicates = 130, Seed = 2001, CollectCourses = false };

    private static readonly SweepAxis Reductions = SweepAxis.Of("effect.onRate.maxReduction", 0, 0.6, 0.9);
    private static readonly SweepAxis Sizes = SweepAxis.Of("design.participants", 40, 108);

    private static Scenario Scenario => TestScenarios.Rich with
    {
        Analyses = [new Ancova { Week = 28 }, new JointRank { Week = 52 }, new LogRank { StratifyBy = ["stratum"] }],
    };

    private static Sweep Grid => new() { Axes = [Reductions, Sizes] };

    private static Sweep Singles => Grid with { Layout = SweepLayout.OneAtATime };

    // Common random numbers: what a cell gives is what its scenario gives alone, to the bit.
    [Test]
    public void Run_EveryCell_EqualsItsScenarioRunAlone([Values] SweepLayout layout)
    {
        SweepResult result = Sweep.Run(Scenario, Grid with { Layout = layout }, Options);

        foreach (SweepCell cell in result.Cells)
        {
            PowerResult alone = PowerAnalysis.Run(cell.Result.Scenario, options: Options);
            Assert.That(cell.Result.Analyses, Is.EqualTo(alone.Analyses), cell.ToString());
        }
    }

    [Test]
    public void Run_Grid_HasEveryCombinationTheLastAxisFastest()
    {
        SweepResult result = Sweep.Run(Scenario, Grid, Options with { Replicates = 3, TrueValues = false });

        Assert.That(
            result.Cells.Select(c => c.ToString()),
            Is.EqualTo((string[])
            [
                "effect.onRate.maxReduction = 0, design.participants = 40", "effect.onRate.maxReduction = 0, design.participants = 108",
                "effect.onRate.maxReduction = 0.6, design.participants = 40", "effect.onRate.maxReduction = 0.6, design.participants = 108",
                "effect.onRate.maxReduction = 0.9, design.participants = 40", "effect.onRate.maxReduction = 0.9, design.participants = 108",
            ]));
        Assert.That(result.Cells.Select(c => c.Result.Scenario.Design.Participants), Is.EqualTo((int[])[40, 108, 40, 108, 40, 108]));
        Assert.That(
            result.Cells.Select(c => ((SlopeReduction)((CombinedEffect)c.Result.Scenario.Effect).OnRate).MaxReduction),
            Is.EqualTo((double[])[0, 0, 0.6, 0.6, 0.9, 0.9]));
        Assert.That(result.ReferencePosition, Is.EqualTo(3), "the scenario as it is");
        Assert.That(result.Cells.Single(c => c.IsReference), Is.SameAs(result.Reference));
        Assert.That(result.PresentValues.Select(v => v!.Value.Number), Is.EqualTo((double?[])[0.6, 108]));
    }

    [Test]
    public void Run_OneAtATime_StartsWithTheScenarioAsItIs()
    {
        SweepResult result = Sweep.Run(Scenario, Singles, Options with { Replicates = 3, TrueValues = false });

        Assert.That(
            result.Cells.Select(c => c.ToString()),
            Is.EqualTo((string[])
            [
                "as it is", "effect.onRate.maxReduction = 0", "effect.onRate.maxReduction = 0.6", "effect.onRate.maxReduction = 0.9",
                "design.participants = 40", "design.participants = 108",
            ]));
        Assert.That(result.ReferencePosition, Is.Zero);
        Assert.That(result.Reference.Result.Scenario, Is.EqualTo(Scenario));
        Assert.That(result.Cells[2].Result, Is.SameAs(result.Reference.Result), "it says what the scenario says, and is not run again");
        Assert.That(result.Cells[1].Setting("effect.onRate.maxReduction")!.Value.Value.Number, Is.Zero);
        Assert.That(result.Cells[1].Setting("design.participants"), Is.Null);
    }

    [Test]
    public void Run_Differences_AreThoseOfTheReplicates()
    {
        SweepResult result = Sweep.Run(Scenario, Grid, Options with { TrueValues = false });
        foreach (SweepCell cell in result.Cells)
        {
            bool[][] own = Rejections(cell.Result.Scenario);
            bool[][] reference = Rejections(result.Reference.Result.Scenario);
            for (int a = 0; a < own.Length; a++)
            {
                (bool First, bool Second)[] pairs = [.. own[a].Zip(reference[a])];
                var expected = new PairedComparison(
                    pairs.Count(p => p.First && p.Second),
                    pairs.Count(p => p.First && !p.Second),
                    pairs.Count(p => !p.First && p.Second),
                    pairs.Count(p => !p.First && !p.Second));
                Assert.That(cell.Difference(cell.Result.Analyses[a].Name), Is.EqualTo(expected));
            }
        }
    }

    [Test]
    public void Run_ThreadsAndBlocks_GiveTheSame()
    {
        SweepResult expected = Sweep.Run(Scenario, Singles, Options with { Parallelism = 1 });
        foreach ((int threads, int block) in (ReadOnlySpan<(int, int)>)[(1, 1), (2, 7), (5, 1), (5, 1000)])
        {
            SweepResult result = Sweep.Run(Scenario, Singles, Options with { Parallelism = threads, BlockSize = block });
            Assert.That(result.Cells.Select(c => c.Result.Analyses), Is.EqualTo(expected.Cells.Select(c => c.Result.Analyses)));
            Assert.That(result.Cells.Select(c => c.Differences), Is.EqualTo(expected.Cells.Select(c => c.Differences)));
            Assert.That(result.Tornado("ancova-28"), Is.EqualTo(expected.Tornado("ancova-28")));
        }
    }

    [Test]
    public void Run_GridWithoutTheScenario_ComparesWithTheFirstCellOrTheOneNamed()
    {
        Sweep sweep = new() { Axes = [SweepAxis.Of("effect.onRate.maxReduction", 0, 0.3), Sizes] };
        RunOptions few = Options with { Replicates = 5, TrueValues = false };

        Assert.That(Sweep.Run(Scenario, sweep, few).ReferencePosition, Is.Zero);
        Assert.That(Sweep.Run(Scenario, sweep with { Reference = [0.3, 40] }, few).ReferencePosition, Is.EqualTo(2));
        Assert.That(
            Sweep.Run(Scenario, Grid with { Reference = [0.9, 40] }, few).ReferencePosition, Is.EqualTo(4), "named, though the scenario is there");
    }

    [Test]
    public void Run_PathsTogetherAndFunctions_ChangeTheScenario()
    {
        Sweep sweep = new()
        {
            Axes =
            [
                SweepAxis.Parse("population.strata.fast.residualSd+population.strata[1].residualSd=2.5"),
                SweepAxis.OfFunction("twice", (s, factor) => s with { Design = s.Design with { Participants = (int)(factor * s.Design.Participants) } }, 0.5, 2),
                SweepAxis.Of("design.participants", 50),
            ],
        };
        SweepResult result = Sweep.Run(Scenario, sweep, Options with { Replicates = 2, TrueValues = false });

        // The function comes after the properties, whatever the order of the axes.
        Assert.That(result.Cells.Select(c => c.Result.Scenario.Design.Participants), Is.EqualTo((int[])[25, 100]));
        Assert.That(
            result.Cells.SelectMany(c => ((Simulation.Populations.PopulationModel)c.Result.Scenario.Population).Strata).Select(s => s.ResidualSd),
            Is.All.EqualTo(2.5));
        Assert.That(result.PresentValues[1], Is.Null);
    }

    // A scenario with a model of one's own has no JSON, and can be swept by functions all the same.
    [Test]
    public void Run_ModelOfOnesOwn_TakesFunctionsAndRefusesPaths()
    {
        Scenario own = TestScenarios.Bare with { Analyses = [new FunctionAnalysis(_ => new AnalysisResult { Status = AnalysisStatus.Converged, PValue = 0 })] };
        var function = SweepAxis.OfFunction("n", (s, n) => s with { Design = s.Design with { Participants = (int)n } }, 10, 20);

        Assert.That(Sweep.Run(own, new Sweep { Axes = [function] }, Options).Cells.Select(c => c.Result.Analyses[0].Power), Is.All.EqualTo(1));
        Assert.That(
            () => Sweep.Run(own, new Sweep { Axes = [Sizes] }, Options),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("functions, not by paths"));
    }

    [Test]
    public void Run_AnalysesThatChange_AreComparedByName()
    {
        SweepAxis axis = SweepAxis.OfFunction(
            "analyses", (s, which) => s with { Analyses = which == 0 ? s.Analyses : [new Ancova { Week = 52, Name = "other" }, s.Analyses[0]] }, 0, 1);
        SweepResult result = Sweep.Run(Scenario, new Sweep { Axes = [axis] }, Options with { TrueValues = false });

        SweepCell changed = result.Cells[1];
        Assert.That(changed.Result.Analyses.Select(a => a.Name), Is.EqualTo((string[])["other", "ancova-28"]));
        Assert.That(changed.Differences.Select(d => d.Analysis), Is.EqualTo((string[])["ancova-28"]));
        Assert.That(changed.Difference("ancova-28")!.MonteCarloError, Is.Zero, "the same analysis of the same trials");
        Assert.That(changed.Difference("other"), Is.Null);
    }

    [Test]
    public void Run_Precision_ComparesTheCommonFirstReplicates()
    {
        Scenario scenario = TestScenarios.Bare with
        {
            Population = Populations.TestStrata.Population(TestScenarios.Alike with { BaselineScoreMean = 24, BaselineScoreSd = 5 }),
            Design = new ParallelGroup { Participants = 20, VisitWeeks = [0, 28] },
            Effect = new SymptomaticOffset { Points = 0 },
            Analyses = [new Ancova { Week = 28, Covariates = [], Response = AncovaResponse.Score }],
        };
        RunOptions precise = Options with { Replicates = 20_000, Precision = 0.0091 };
        SweepResult result = Sweep.Run(scenario, new Sweep { Axes = [SweepAxis.Of("effect.points", 0, 5)] }, precise);

        (int few, int many) = (result.Cells[0].Result.Replicates, result.Cells[1].Result.Replicates);
        Assert.That(few, Is.LessThan(many));
        PairedComparison difference = result.Cells[1].Differences[0].Comparison;
        Assert.That(difference.Replicates, Is.EqualTo(few));
        PowerResult common = PowerAnalysis.Run(result.Cells[1].Result.Scenario, options: precise with { Replicates = few, Precision = null });
        Assert.That(difference.Both + difference.FirstOnly, Is.EqualTo(common.Analyses[0].Rejected));
    }

    [Test]
    public void Tornado_Bars_AreOrderedBySwingAndHoldTheEnds()
    {
        SweepResult result = Sweep.Run(Scenario, Singles, Options with { TrueValues = false });
        ValueList<TornadoBar> bars = result.Tornado("joint-rank-52");

        Assert.That(bars.Select(b => b.Axis), Is.EquivalentTo((string[])["effect.onRate.maxReduction", "design.participants"]));
        Assert.That(bars.Select(b => b.Swing), Is.Ordered.Descending);
        foreach (TornadoBar bar in bars)
        {
            SweepCell[] cells = [result.Reference, .. result.Cells.Where(c => c.Setting(bar.Axis) is not null)];
            double[] powers = [.. cells.Select(c => c.Result.Analyses[1].Power)];
            Assert.That((bar.Low.Power, bar.High.Power), Is.EqualTo((powers.Min(), powers.Max())));
            Assert.That(bar.Swing, Is.EqualTo(bar.Comparison.Difference).Within(1e-15));
            Assert.That(cells[Array.IndexOf(powers, powers.Max())].Setting(bar.Axis)?.Value, Is.EqualTo(bar.High.Value));
        }
    }

    [Test]
    public void Tornado_GridOrUnknownAnalysis_IsRefused()
    {
        RunOptions few = Options with { Replicates = 2, TrueValues = false };

        Assert.That(() => Sweep.Run(Scenario, Grid, few).Tornado("ancova-28"), Throws.InvalidOperationException);
        Assert.That(
            () => Sweep.Run(Scenario, Singles, few).Tornado("mmrm"),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("ancova-28, joint-rank-52, log-rank"));
    }

    private static bool[][] Rejections(Scenario scenario)
    {
        var simulator = new TrialSimulator(scenario);
        IAnalysisWorker[] workers = [.. scenario.Analyses.Select(a => a.CreateWorker(scenario.Layout))];
        bool[][] rejects = [.. workers.Select(_ => new bool[Options.Replicates])];
        for (int r = 0; r < Options.Replicates; r++)
        {
            TrialData data = simulator.Simulate(Options.Seed, r);
            for (int a = 0; a < workers.Length; a++)
            {
                AnalysisResult result = workers[a].Run(data);
                rejects[a][r] = result.IsUsable && result.PValue < scenario.Analyses[a].Alpha;
            }
        }

        return rejects;
    }
}
