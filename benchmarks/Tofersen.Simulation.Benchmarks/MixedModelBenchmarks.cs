using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>The mixed model for repeated measures with an unstructured covariance of seven visits, baseline by visit, on 108 participants:
/// 3 % dropout a visit, 3 % of visits missed, and other structures. Calls go round a hundred trials.</summary>
[MemoryDiagnoser]
public class MixedModelBenchmarks
{
    private const int Trials = 100;
    private const int Participants = 108;

    private static readonly Mmrm Model = new() { Week = 28 };

    private readonly TrialData[] _dropout = RepeatedVisits.Draw(Trials, Participants, dropout: 0.03, missed: 0);
    private readonly TrialData[] _missed = RepeatedVisits.Draw(Trials, Participants, dropout: 0, missed: 0.03);
    private readonly IAnalysisWorker _satterthwaite = Worker(Model);
    private readonly IAnalysisWorker _kenwardRoger = Worker(Model with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRogerLinear });
    private readonly IAnalysisWorker _fullKenwardRoger = Worker(Model with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRoger });
    private readonly IAnalysisWorker _mainEffect = Worker(Model with { Covariates = ["baseline*visit", "age"] });
    private readonly IAnalysisWorker _toeplitz = Worker(Model with { Covariance = CovarianceStructure.HeterogeneousToeplitz });
    private readonly IAnalysisWorker _autoregressive = Worker(Model with { Covariance = CovarianceStructure.Ar1 });
    private readonly IAnalysisWorker _delayedStart = Worker(
        new DelayedStartAnalysis { FirstWeek = 16, SecondWeek = 28 });

    private int _next;

    [Benchmark(Baseline = true)]
    public AnalysisResult DropoutSatterthwaite() => _satterthwaite.Run(Next(_dropout));

    [Benchmark]
    public AnalysisResult DropoutKenwardRoger() => _kenwardRoger.Run(Next(_dropout));

    [Benchmark]
    public AnalysisResult DropoutFullKenwardRoger() => _fullKenwardRoger.Run(Next(_dropout));

    [Benchmark]
    public AnalysisResult MissedFullKenwardRoger() => _fullKenwardRoger.Run(Next(_missed));

    [Benchmark]
    public AnalysisResult DropoutDelayedStart() => _delayedStart.Run(Next(_dropout));

    [Benchmark]
    public AnalysisResult MissedSatterthwaite() => _satterthwaite.Run(Next(_missed));

    [Benchmark]
    public AnalysisResult MissedKenwardRoger() => _kenwardRoger.Run(Next(_missed));

    [Benchmark]
    public AnalysisResult DropoutCovariateWithoutVisits() => _mainEffect.Run(Next(_dropout));

    [Benchmark]
    public AnalysisResult DropoutHeterogeneousToeplitz() => _toeplitz.Run(Next(_dropout));

    [Benchmark]
    public AnalysisResult DropoutAutoregressive() => _autoregressive.Run(Next(_dropout));

    private static IAnalysisWorker Worker(IAnalysis analysis) => analysis.CreateWorker(RepeatedVisits.Layout(Participants));

    private TrialData Next(TrialData[] trials) => trials[_next = (_next + 1) % Trials];
}
