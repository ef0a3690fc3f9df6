using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>One simulated trial of VALOR with its extension to week 52, by number of participants; each call simulates the next
/// replicate.</summary>
[MemoryDiagnoser]
public class TrialBenchmarks
{
    private TrialSimulator _everything = null!;
    private TrialSimulator _endpoints = null!;
    private TrialSimulator _whole = null!;
    private TrialSimulator _withoutEvents = null!;
    private TrialSimulator _withoutEffect = null!;
    private long _replicate;

    [Params(108, 1000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Scenario scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        scenario = scenario with { Design = (DelayedStart)scenario.Design with { Participants = Participants } };
        _everything = new TrialSimulator(scenario);
        _endpoints = new TrialSimulator(scenario with { AdverseEvents = [] });
        scenario = scenario with { Endpoints = [], AdverseEvents = [] };
        _whole = new TrialSimulator(scenario);
        _withoutEvents = new TrialSimulator(scenario with { Observation = new ObservationModel() });
        _withoutEffect = new TrialSimulator(scenario with { Effect = new NoEffect() });
    }

    [Benchmark(Baseline = true)]
    public TrialData WithoutEvents() => _withoutEvents.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData WithEvents() => _whole.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData WithEventsAndEndpoints() => _endpoints.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData WithEventsEndpointsAndAdverseEvents() => _everything.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData WithEventsWithoutEffect() => _withoutEffect.Simulate(1, _replicate++);
}
