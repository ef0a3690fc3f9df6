using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>Cox regression to week 52, the arm alone and with four covariates, in trials of VALOR with its extension. The plain version takes
/// Newton's steps with sums over everybody at risk at every event.</summary>
public class CoxBenchmarks
{
    private static readonly EventKind[] Events = [EventKind.Death, EventKind.PermanentVentilation];

    private TrialSet _trials = null!;
    private IAnalysisWorker _wald = null!;
    private IAnalysisWorker _score = null!;
    private Func<PlainParticipant, double>[] _covariates = [];

    [Params(108, 1000)]
    public int Participants { get; set; }

    [Params(0, 4)]
    public int Covariates { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trials = TrialSet.Valor(Participants);
        _covariates = Covariates == 4 ? PlainTests.FourCovariates : [];
        var cox = new CoxRegression
        {
            ThroughWeek = 52,
            Events = [.. Events],
            Covariates = Covariates == 4 ? TrialSet.FourCovariates : [],
        };
        _wald = cox.CreateWorker(_trials.Layout);
        _score = (cox with { Test = CoxTest.Score }).CreateWorker(_trials.Layout);
        _trials.Check(_wald, trial => PlainTests.Cox(trial, 52, Events, _covariates), "Cox", trials: 2);
    }

    [Benchmark(Baseline = true)]
    public double Plain() => PlainTests.Cox(_trials.NextPlain(), 52, Events, _covariates).Estimate;

    [Benchmark]
    public AnalysisResult Wald() => _wald.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult Score() => _score.Run(_trials.Next());
}
