using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>The mixed model for repeated measures with an unstructured covariance of seven visits, baseline by visit, on 108 participants by
/// restricted likelihood, by which visits are missing; and other models and structures. The plain version takes Fisher's steps with MathNet's matrices,
/// participant by participant, and tests with Satterthwaite's degrees of freedom.</summary>
public class MmrmBenchmarks
{
    private static readonly Mmrm Model = new() { Week = 28 };

    private TrialSet _trials = null!;
    private IAnalysisWorker _satterthwaite = null!;
    private IAnalysisWorker _kenwardRogerLinear = null!;
    private IAnalysisWorker _kenwardRoger = null!;
    private IAnalysisWorker _mainEffect = null!;
    private IAnalysisWorker _toeplitz = null!;
    private IAnalysisWorker _autoregressive = null!;

    [Params(Gaps.Complete, Gaps.Dropout, Gaps.Missed, Gaps.Both)]
    public Gaps Gaps { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trials = GapTrials.Draw(Gaps);
        _satterthwaite = Worker(Model);
        _kenwardRogerLinear = Worker(Model with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRogerLinear });
        _kenwardRoger = Worker(Model with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRoger });
        _mainEffect = Worker(Model with { Covariates = ["baseline*visit", "age"] });
        _toeplitz = Worker(Model with { Covariance = CovarianceStructure.HeterogeneousToeplitz });
        _autoregressive = Worker(Model with { Covariance = CovarianceStructure.Ar1 });
        _trials.Check(_satterthwaite, trial => Test(trial, kenwardRoger: false), "MMRM", trials: 2);
        _trials.Check(_kenwardRogerLinear, trial => Test(trial, kenwardRoger: true), "Kenward–Roger", trials: 1);
    }

    [Benchmark(Baseline = true)]
    public double Plain() => Test(_trials.NextPlain(), kenwardRoger: false).Estimate;

    [Benchmark]
    public AnalysisResult Satterthwaite() => _satterthwaite.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult KenwardRogerLinear() => _kenwardRogerLinear.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult KenwardRoger() => _kenwardRoger.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult CovariateWithoutVisits() => _mainEffect.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult HeterogeneousToeplitz() => _toeplitz.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult Autoregressive() => _autoregressive.Run(_trials.Next());

    private static PlainResult Test(PlainParticipant[] trial, bool kenwardRoger) =>
        PlainMixedModels.RepeatedMeasures(trial).Test(PlainMixedModels.ArmAt(GapTrials.Visits - 1, GapTrials.Visits), kenwardRoger);

    private IAnalysisWorker Worker(Mmrm model) => model.CreateWorker(_trials.Layout);
}
