using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>The random-slope model on trials of eight visits with individual times and about 3 % dropout a visit. Calls go round a
/// hundred trials (ten of the large ones), so that no branch is learnt by heart.</summary>
[MemoryDiagnoser]
public class RandomSlopeBenchmarks
{
    private TrialData[] _trials = [];
    private IAnalysisWorker _satterthwaite = null!;
    private IAnalysisWorker _kenwardRoger = null!;
    private IAnalysisWorker _covariates = null!;
    private int _next;

    [Params(108, 1000, 10_000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        TrialLayout layout = RepeatedVisits.Layout(Participants);
        _trials = RepeatedVisits.Draw(Participants > 1000 ? 10 : 100, Participants, dropout: 0.03, missed: 0);
        var model = new RandomSlopeModel { ThroughWeek = 28 };
        _satterthwaite = model.CreateWorker(layout);
        _kenwardRoger = (model with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRogerLinear }).CreateWorker(layout);
        _covariates = (model with { Covariates = ["age*time", "male*time"], CommonBaseline = false }).CreateWorker(layout);
    }

    [Benchmark(Baseline = true)]
    public AnalysisResult Satterthwaite() => _satterthwaite.Run(Next());

    [Benchmark]
    public AnalysisResult KenwardRoger() => _kenwardRoger.Run(Next());

    [Benchmark]
    public AnalysisResult TwoCovariatesByTime() => _covariates.Run(Next());

    private TrialData Next() => _trials[_next = (_next + 1) % _trials.Length];
}
