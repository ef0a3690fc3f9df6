using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks.MonteCarlo;

/// <summary>A whole warm replicate of each preset as a power analysis runs it: the trial, all analyses of the preset, and the tally. The baseline
/// is the trial alone; a plain version of a whole replicate stands in <see cref="ValorReplicateBenchmarks"/>.</summary>
public class ReplicateBenchmarks
{
    private TrialSimulator _trial = null!;
    private ReplicateWorker _replicate = null!;
    private int _next;

    public static IEnumerable<string> Names => Presets.All.Select(p => p.Name);

    [ParamsSource(nameof(Names))]
    public string Preset { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        Scenario scenario = Presets.Find(Preset)!.Scenario;
        _trial = ReplicateWorker.Simulator(scenario, keepsAll: false);
        _replicate = Worker(scenario);
    }

    [Benchmark(Baseline = true)]
    public TrialData Trial() => _trial.Simulate(1, _next++);

    [Benchmark]
    public void Replicate() => _replicate.Run(_next++, CancellationToken.None);

    /// <summary>One thread's share of a run that collects nothing but what the analyses find.</summary>
    internal static ReplicateWorker Worker(Scenario scenario) =>
        StudyPlan.Make(scenario, new RunOptions { CollectCourses = false }).CreateWorker();
}
