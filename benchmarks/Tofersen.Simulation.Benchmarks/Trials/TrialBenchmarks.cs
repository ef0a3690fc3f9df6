using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Benchmarks.Trials;

/// <summary>One trial of VALOR with its extension to week 52, by number of participants and by what is simulated: the ALSFRS-R, the events that
/// end follow-up, four more endpoints, nine classes of adverse events, the chain from dose to function, the items. Each call simulates the next
/// replicate. The plain version simulates the ALSFRS-R with events, one participant and one week at a time.</summary>
public class TrialBenchmarks
{
    private PlainValorTrial _plain = null!;
    private TrialSimulator _withEvents = null!;
    private TrialSimulator _withoutEvents = null!;
    private TrialSimulator _withoutEffect = null!;
    private TrialSimulator _items = null!;
    private TrialSimulator _endpoints = null!;
    private TrialSimulator _everything = null!;
    private TrialSimulator _chain = null!;
    private TrialSimulator _lateDoses = null!;
    private long _replicate;

    [Params(108, 1000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Scenario whole = Sized(ValorOpenLabelExtension.ToWeek52);
        Scenario alone = whole with { Endpoints = [], AdverseEvents = [] };
        _plain = new PlainValorTrial(alone);
        _withEvents = new TrialSimulator(alone);
        _withoutEvents = new TrialSimulator(alone with { Observation = new ObservationModel() });
        _withoutEffect = new TrialSimulator(alone with { Effect = new NoEffect() });
        _items = new TrialSimulator(alone with { Observation = alone.Observation with { Items = new ItemModel() } });
        _endpoints = new TrialSimulator(whole with { AdverseEvents = [] });
        _everything = new TrialSimulator(whole);
        Scenario chain = Sized(ValorOpenLabelExtension.ThroughChain);
        _chain = new TrialSimulator(chain);
        _lateDoses = new TrialSimulator(chain with
        {
            Effect = (DoseToFunction)chain.Effect with { Regimen = new DosingRegimen { MissedProbability = 0.05, LatenessSdDays = 3 } },
        });
        for (int replicate = 0; replicate < 5; replicate++)
        {
            PlainParticipant[] plain = _plain.Simulate(1, replicate);
            TrialData data = _withEvents.Simulate(1, replicate);
            Agreement.Check(data.Scores, [.. plain.SelectMany(p => p.Scores)], $"scores of replicate {replicate}");
            Agreement.Check(data.FollowUpMonths, [.. plain.Select(p => p.FollowUpMonths)], $"follow-up of replicate {replicate}");
        }
    }

    [Benchmark(Baseline = true)]
    public object Plain() => _plain.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData WithoutEvents() => _withoutEvents.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData WithEvents() => _withEvents.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData WithEventsWithoutEffect() => _withoutEffect.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData WithEventsAndItems() => _items.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData WithEventsAndEndpoints() => _endpoints.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData WithEventsEndpointsAndAdverseEvents() => _everything.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData Chain() => _chain.Simulate(1, _replicate++);

    [Benchmark]
    public TrialData ChainWithMissedAndLateDoses() => _lateDoses.Simulate(1, _replicate++);

    private Scenario Sized(Preset preset) =>
        preset.Scenario with { Design = (DelayedStart)preset.Scenario.Design with { Participants = Participants } };
}
