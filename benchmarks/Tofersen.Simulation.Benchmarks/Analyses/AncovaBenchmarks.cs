using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>Analysis of covariance of the change at week 52, four covariates, in trials of VALOR with its extension. The plain version solves with
/// MathNet's QR decomposition.</summary>
public class AncovaBenchmarks
{
    private const int LastVisit = 10;

    private TrialSet _trials = null!;
    private IAnalysisWorker _ancova = null!;
    private IAnalysisWorker _robust = null!;

    [Params(108, 1000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trials = TrialSet.Valor(Participants);
        var ancova = new Ancova { Week = 52, Covariates = TrialSet.FourCovariates };
        _ancova = ancova.CreateWorker(_trials.Layout);
        _robust = (ancova with { Variance = RobustVariance.HC3 }).CreateWorker(_trials.Layout);
        _trials.Check(_ancova, trial => PlainTests.Ancova(trial, LastVisit, PlainTests.FourCovariates), "ancova");
    }

    [Benchmark(Baseline = true)]
    public double Plain() => PlainTests.Ancova(_trials.NextPlain(), LastVisit, PlainTests.FourCovariates).Estimate;

    [Benchmark]
    public AnalysisResult FourCovariates() => _ancova.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult FourCovariatesRobust() => _robust.Run(_trials.Next());
}
