using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>Analyses of the time to an event in one trial of VALOR with its extension, by number of participants. Calls go round a hundred
/// trials, so that no branch is learnt by heart.</summary>
[MemoryDiagnoser]
public class SurvivalBenchmarks
{
    private const int Trials = 100;

    private readonly TrialData[] _trials = new TrialData[Trials];
    private IAnalysisWorker _logRank = null!;
    private IAnalysisWorker _cox = null!;
    private IAnalysisWorker _coxScore = null!;
    private IAnalysisWorker _coxFourCovariates = null!;
    private IAnalysisWorker _restrictedMean = null!;
    private IAnalysisWorker _rankPreserving = null!;
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
        var cox = new CoxRegression { ThroughWeek = 52 };
        _logRank = new LogRank { ThroughWeek = 52 }.CreateWorker(layout);
        _cox = cox.CreateWorker(layout);
        _coxScore = (cox with { Test = CoxTest.Score }).CreateWorker(layout);
        _coxFourCovariates = (cox with
        {
            Covariates = [Covariates.Baseline, Covariates.LogNeurofilamentLight, Covariates.Riluzole, Covariates.Edaravone],
        }).CreateWorker(layout);
        _restrictedMean = new RestrictedMeanSurvival { ThroughWeek = 52 }.CreateWorker(layout);
        _rankPreserving = new RankPreservingFailureTime { ThroughWeek = 52 }.CreateWorker(layout);
    }

    [Benchmark(Baseline = true)]
    public AnalysisResult Cox() => _cox.Run(Next());

    [Benchmark]
    public AnalysisResult CoxScore() => _coxScore.Run(Next());

    [Benchmark]
    public AnalysisResult CoxFourCovariates() => _coxFourCovariates.Run(Next());

    [Benchmark]
    public AnalysisResult LogRank() => _logRank.Run(Next());

    [Benchmark]
    public AnalysisResult RestrictedMean() => _restrictedMean.Run(Next());

    [Benchmark]
    public AnalysisResult RankPreserving() => _rankPreserving.Run(Next());

    private TrialData Next() => _trials[_next = (_next + 1) % Trials];
}
