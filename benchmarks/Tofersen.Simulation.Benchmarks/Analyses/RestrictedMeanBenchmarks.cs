using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>Difference of the restricted mean times to week 52 in trials of VALOR with its extension. The plain version makes a life table of each
/// arm.</summary>
public class RestrictedMeanBenchmarks
{
    private static readonly EventKind[] Events = [EventKind.Death, EventKind.PermanentVentilation];

    private TrialSet _trials = null!;
    private IAnalysisWorker _mean = null!;

    [Params(108, 1000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trials = TrialSet.Valor(Participants);
        _mean = new RestrictedMeanSurvival { ThroughWeek = 52, Events = [.. Events] }.CreateWorker(_trials.Layout);
        _trials.Check(_mean, trial => PlainTests.RestrictedMean(trial, 52, Events), "restricted mean");
    }

    [Benchmark(Baseline = true)]
    public double Plain() => PlainTests.RestrictedMean(_trials.NextPlain(), 52, Events).Estimate;

    [Benchmark]
    public AnalysisResult Library() => _mean.Run(_trials.Next());
}
