using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks.Observations;

/// <summary>Episodes of VALOR's nine classes of adverse events within the follow-up of one trial. Times are for one participant.</summary>
public class AdverseEventBenchmarks
{
    private const int Participants = ValorCourses.Participants;

    private readonly StreamKey _key = new(1, 0);
    private readonly TrialData _data;
    private readonly AdverseEventClass[] _classes;
    private readonly AdverseEventSampler _sampler;

    public AdverseEventBenchmarks()
    {
        Scenario scenario = new ValorCourses().Scenario;
        _data = new TrialSimulator(scenario).Simulate(1, 0);
        _classes = [.. scenario.AdverseEvents];
        _sampler = new AdverseEventSampler(scenario.AdverseEvents);
    }

    [GlobalSetup]
    public void Setup()
    {
        Library();
        for (int p = 0; p < Participants; p++)
        {
            double[] ours = [.. _data.AdverseEvents.Episodes(p).ToArray().OrderBy(e => (e.Class, e.Months)).Select(e => e.Months)];
            Agreement.Check(ours, [.. DrawPlain(p).SelectMany(times => times)], $"episodes of participant {p}");
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Participants)]
    public int Plain()
    {
        int episodes = 0;
        for (int p = 0; p < Participants; p++)
        {
            episodes += DrawPlain(p).Sum(times => times.Count);
        }

        return episodes;
    }

    [Benchmark(OperationsPerInvoke = Participants)]
    public void Library()
    {
        for (int p = 0; p < Participants; p++)
        {
            _sampler.Draw(_key, p, _data);
        }
    }

    private List<double>[] DrawPlain(int p) =>
        PlainAdverseEvents.Draw(_classes, _key, p, _data.Exposure(p), _data.FollowUpMonths[p]);
}
