using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.MonteCarlo;

/// <summary>A whole replicate of VALOR with its extension and the preset's four analyses at week 52, beside the plain version of trial and
/// analyses.</summary>
public class ValorReplicateBenchmarks
{
    private const int LastVisit = 10;
    private static readonly double Horizon = StudyTime.MonthsFromWeeks(52);
    private static readonly EventKind[] Composite = [EventKind.Death, EventKind.PermanentVentilation, EventKind.WithdrawalForProgression];
    private static readonly Func<PlainParticipant, double>[] Stratum = [p => p.Stratum];
    private static readonly Func<PlainParticipant, double>[] Five =
        [p => p.Scores[0], p => p.Stratum, p => p.LogNeurofilament, p => p.TakesRiluzole ? 1 : 0, p => p.TakesEdaravone ? 1 : 0];

    private PlainValorTrial _plain = null!;
    private ReplicateWorker _replicate = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        Scenario scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        IAnalysis[] analyses = [.. scenario.Analyses.Where(a => a.Name.EndsWith("-52", StringComparison.Ordinal))];
        scenario = scenario with { Analyses = [.. analyses], Endpoints = [], AdverseEvents = [] };
        _plain = new PlainValorTrial(scenario);
        _replicate = ReplicateBenchmarks.Worker(scenario);
        var simulator = new TrialSimulator(scenario);
        IAnalysisWorker[] workers = [.. analyses.Select(a => a.CreateWorker(scenario.Layout))];
        for (int replicate = 0; replicate < 3; replicate++)
        {
            TrialData data = simulator.Simulate(1, replicate);
            PlainResult[] plain = Analyse(_plain.Simulate(1, replicate));
            for (int a = 0; a < analyses.Length; a++)
            {
                Agreement.Check(workers[a].Run(data), plain[a], $"{analyses[a].Name} of replicate {replicate}");
            }
        }
    }

    [Benchmark(Baseline = true)]
    public double Plain() => Analyse(_plain.Simulate(1, _next++))[^1].Estimate;

    [Benchmark]
    public void Library() => _replicate.Run(_next++, CancellationToken.None);

    // As the preset lists them.
    private static PlainResult[] Analyse(PlainParticipant[] trial) =>
    [
        PlainTests.Ancova(trial, LastVisit, Five),
        PlainRanks.LastCommonVisit(trial, LastVisit, Horizon, Five),
        PlainTests.Slopes(trial, LastVisit, 8, Stratum),
        PlainTests.LogRank(trial, 52, Composite, stratified: true),
    ];
}
