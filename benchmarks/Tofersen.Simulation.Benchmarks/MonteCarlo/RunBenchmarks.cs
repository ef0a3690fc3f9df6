using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks.MonteCarlo;

/// <summary>Analyses of a run.</summary>
public enum Analysed
{
    /// <summary>Those of the preset.</summary>
    Preset,

    /// <summary>Those of the budget: ANCOVA, joint rank, MMRM, Cox regression and delayed start, each of the whole trial.</summary>
    Budget,
}

/// <summary>Whole runs of VALOR with its extension, simulation and analyses, by number of threads and of replicates.</summary>
[BenchmarkCategory(BenchmarkJobs.Long)]
public class RunBenchmarks
{
    private Scenario _scenario = null!;

    [Params(Analysed.Preset, Analysed.Budget)]
    public Analysed Analyses { get; set; }

    [Params(1000, 10_000)]
    public int Replicates { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        if (Analyses == Analysed.Budget)
        {
            _scenario = _scenario with
            {
                Analyses =
                [
                    new Ancova { Week = 52, Covariates = TrialSet.FourCovariates },
                    new JointRank { Week = 52, Covariates = TrialSet.FourCovariates },
                    new Mmrm { Week = 52 },
                    new CoxRegression { ThroughWeek = 52, Events = [EventKind.Death, EventKind.PermanentVentilation] },
                    new DelayedStartAnalysis { FirstWeek = 28, SecondWeek = 52 },
                ],
            };
        }
    }

    [Benchmark(Baseline = true)]
    public PowerResult OneThread() => Run(1);

    [Benchmark]
    public PowerResult TwoThreads() => Run(2);

    private PowerResult Run(int threads) =>
        PowerAnalysis.Run(_scenario, options: new RunOptions { Replicates = Replicates, Parallelism = threads, CollectCourses = false });
}
