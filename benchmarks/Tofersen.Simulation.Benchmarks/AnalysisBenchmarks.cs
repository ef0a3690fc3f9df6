using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>Each analysis of one trial of VALOR with its extension, by number of participants. Calls go round a hundred trials, so
/// that no branch is learnt by heart.</summary>
[MemoryDiagnoser]
public class AnalysisBenchmarks
{
    private const int Trials = 100;
    private static readonly string[] FourCovariates =
        [Covariates.Baseline, Covariates.LogNeurofilamentLight, Covariates.Riluzole, Covariates.Edaravone];

    private readonly TrialData[] _trials = new TrialData[Trials];
    private IAnalysisWorker _ancova = null!;
    private IAnalysisWorker _jointRank = null!;
    private IAnalysisWorker _jointRankLastObserved = null!;
    private IAnalysisWorker _logRank = null!;
    private IAnalysisWorker _slopes = null!;
    private int _next;

    [Params(108, 1000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Scenario scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        scenario = scenario with { Design = (DelayedStart)scenario.Design with { Participants = Participants } };
        for (int i = 0; i < Trials; i++)
        {
            _trials[i] = new TrialSimulator(scenario).Simulate(1, i);
        }

        TrialLayout layout = scenario.Layout;
        _ancova = new Ancova { Week = 52, Covariates = [.. FourCovariates] }.CreateWorker(layout);
        _jointRank = new JointRank { Week = 52, Covariates = [.. FourCovariates] }.CreateWorker(layout);
        _jointRankLastObserved = new JointRank
        {
            Week = 52,
            Covariates = [.. FourCovariates],
            Incomplete = IncompleteFollowUp.LastObserved,
        }.CreateWorker(layout);
        _logRank = new LogRank { ThroughWeek = 52 }.CreateWorker(layout);
        _slopes = new SlopeAnalysis { ThroughWeek = 52, MinimumVisits = 3 }.CreateWorker(layout);
    }

    [Benchmark(Baseline = true)]
    public AnalysisResult AncovaFourCovariates() => _ancova.Run(Next());

    [Benchmark]
    public AnalysisResult JointRankLastCommonVisit() => _jointRank.Run(Next());

    [Benchmark]
    public AnalysisResult JointRankLastObserved() => _jointRankLastObserved.Run(Next());

    [Benchmark]
    public AnalysisResult LogRank() => _logRank.Run(Next());

    [Benchmark]
    public AnalysisResult Slopes() => _slopes.Run(Next());

    private TrialData Next() => _trials[_next = (_next + 1) % Trials];
}
