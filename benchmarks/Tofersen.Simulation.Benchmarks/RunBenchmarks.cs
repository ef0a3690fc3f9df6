using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>Whole runs of VALOR with its extension: simulation and all analyses of the preset, by number of threads and of
/// replicates.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 2, iterationCount: 7)]
public class RunBenchmarks
{
    private readonly Scenario _scenario = ValorOpenLabelExtension.ToWeek52.Scenario;

    [Params(1000, 10_000)]
    public int Replicates { get; set; }

    [Benchmark(Baseline = true)]
    public PowerResult OneThread() => Run(1);

    [Benchmark]
    public PowerResult TwoThreads() => Run(2);

    private PowerResult Run(int threads) =>
        PowerAnalysis.Run(_scenario, options: new RunOptions { Replicates = Replicates, Parallelism = threads, CollectCourses = false });
}
