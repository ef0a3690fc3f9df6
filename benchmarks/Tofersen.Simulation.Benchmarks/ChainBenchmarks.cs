using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>A trial of VALOR with its extension to week 52, 108 participants with events and all endpoints, by how treatment acts; each call
/// simulates the next replicate.</summary>
[MemoryDiagnoser]
public class ChainBenchmarks
{
    private TrialSimulator _direct = null!;
    private TrialSimulator _chain = null!;
    private TrialSimulator _lateDoses = null!;
    private TrialSimulator _without = null!;
    private long _replicate;

    [GlobalSetup]
    public void Setup()
    {
        Scenario chain = ValorOpenLabelExtension.ThroughChain.Scenario;
        _direct = new TrialSimulator(ValorOpenLabelExtension.ToWeek52.Scenario);
        _chain = new TrialSimulator(chain);
        _lateDoses = new TrialSimulator(chain with
        {
            Effect = (DoseToFunction)chain.Effect with { Regimen = new DosingRegimen { MissedProbability = 0.05, LatenessSdDays = 3 } },
        });
        _without = new TrialSimulator(chain with { Effect = new NoEffect() });
    }

    [Benchmark(Baseline = true)]
    public TrialData Direct() => _direct.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData WithoutEffect() => _without.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData Chain() => _chain.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData ChainWithMissedAndLateDoses() => _lateDoses.Simulate(1, _replicate++);
}
