using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>Joint ranks and proportions in trials of VALOR with its extension, 108 participants. Calls go round a hundred trials, so that
/// no branch is learnt by heart.</summary>
[MemoryDiagnoser]
public class RankBenchmarks
{
    private const int Trials = 100;

    private static readonly JointRank Rank = new()
    {
        Week = 52,
        Covariates = [Covariates.Baseline, Covariates.LogNeurofilamentLight, Covariates.Riluzole, Covariates.Edaravone],
    };

    private static readonly JointRank Stratified = Rank with { Test = JointRankTest.Unadjusted, StratifyBy = [Covariates.Stratum] };

    private readonly TrialData[] _trials = new TrialData[Trials];
    private IAnalysisWorker _lastCommonVisit = null!;
    private IAnalysisWorker _lastObserved = null!;
    private IAnalysisWorker _unadjusted = null!;
    private IAnalysisWorker _stratified = null!;
    private IAnalysisWorker _winRatio = null!;
    private IAnalysisWorker _exact = null!;
    private IAnalysisWorker _responders = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        Scenario scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        for (int i = 0; i < Trials; i++)
        {
            _trials[i] = new TrialSimulator(scenario).Simulate(1, i);
        }

        TrialLayout layout = scenario.Layout;
        _lastCommonVisit = Rank.CreateWorker(layout);
        _lastObserved = (Rank with { Incomplete = IncompleteFollowUp.LastObserved }).CreateWorker(layout);
        _unadjusted = (Rank with { Test = JointRankTest.Unadjusted }).CreateWorker(layout);
        _stratified = Stratified.CreateWorker(layout);
        _winRatio = (Stratified with { Test = JointRankTest.WinRatio }).CreateWorker(layout);
        _exact = (Rank with { Test = JointRankTest.ExactPermutation }).CreateWorker(layout);
        _responders = new ResponderAnalysis { Week = 28, Threshold = -4, StratifyBy = [Covariates.Stratum] }.CreateWorker(layout);
    }

    [Benchmark(Baseline = true)]
    public AnalysisResult LastObservedAncova() => _lastObserved.Run(Next());

    [Benchmark]
    public AnalysisResult LastCommonVisitAncova() => _lastCommonVisit.Run(Next());

    [Benchmark]
    public AnalysisResult LastCommonVisitUnadjusted() => _unadjusted.Run(Next());

    [Benchmark]
    public AnalysisResult LastCommonVisitStratified() => _stratified.Run(Next());

    [Benchmark]
    public AnalysisResult StratifiedWinRatio() => _winRatio.Run(Next());

    [Benchmark]
    public AnalysisResult ExactPermutation() => _exact.Run(Next());

    [Benchmark]
    public AnalysisResult StratifiedResponders() => _responders.Run(Next());

    private TrialData Next() => _trials[_next = (_next + 1) % Trials];
}
