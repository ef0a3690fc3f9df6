using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>The random-slope model on trials of eight visits with individual times and about 3 % dropout a visit, by restricted likelihood. The
/// plain version takes Fisher's steps with MathNet's matrices, participant by participant.</summary>
public class RandomSlopeBenchmarks
{
    private TrialSet _trials = null!;
    private IAnalysisWorker _satterthwaite = null!;
    private IAnalysisWorker _kenwardRoger = null!;
    private IAnalysisWorker _covariates = null!;

    [Params(108, 1000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trials = new TrialSet(RepeatedVisits.Draw(Participants > 108 ? 40 : 400, Participants, dropout: 0.03, missed: 0));
        var model = new RandomSlopeModel { ThroughWeek = 28 };
        _satterthwaite = model.CreateWorker(_trials.Layout);
        _kenwardRoger = (model with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRogerLinear }).CreateWorker(_trials.Layout);
        _covariates = (model with { Covariates = ["age*time", "male*time"], CommonBaseline = false }).CreateWorker(_trials.Layout);
        _trials.Check(_satterthwaite, trial => PlainMixedModels.RandomSlopes(trial, kenwardRoger: false), "random slopes", trials: 2);
        _trials.Check(_kenwardRoger, trial => PlainMixedModels.RandomSlopes(trial, kenwardRoger: true), "Kenward–Roger", trials: 2);
    }

    [Benchmark(Baseline = true)]
    public double Plain() => PlainMixedModels.RandomSlopes(_trials.NextPlain(), kenwardRoger: false).Estimate;

    [Benchmark]
    public AnalysisResult Satterthwaite() => _satterthwaite.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult KenwardRoger() => _kenwardRoger.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult TwoCovariatesByTime() => _covariates.Run(_trials.Next());
}
