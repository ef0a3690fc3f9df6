using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>Analyses of a delayed start on one mixed model over both periods, 108 participants and seven visits, by which visits are missing. The
/// plain version fits the model with MathNet's matrices and tests Δ2 − Δ1 / 2.</summary>
public class DelayedStartBenchmarks
{
    private const int SwitchVisit = 3;
    private const int LastVisit = GapTrials.Visits - 1;

    private TrialSet _trials = null!;
    private IAnalysisWorker _retention = null!;
    private IAnalysisWorker _sequence = null!;
    private IAnalysisWorker _adagio = null!;

    [Params(Gaps.Dropout, Gaps.Both)]
    public Gaps Gaps { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trials = GapTrials.Draw(Gaps);
        var analysis = new DelayedStartAnalysis { FirstWeek = 16, SecondWeek = 28 };
        _sequence = analysis.CreateWorker(_trials.Layout);
        _retention = (analysis with { Hypothesis = DelayedStartHypothesis.Retention }).CreateWorker(_trials.Layout);
        _adagio = new AdagioAnalysis
        {
            FirstFromWeek = 4,
            FirstToWeek = 16,
            SecondFromWeek = 20,
            SecondToWeek = 28,
            MarginPerMonth = 0.15,
        }.CreateWorker(_trials.Layout);
        _trials.Check(_retention, Retention, "retention", trials: 1);
    }

    [Benchmark(Baseline = true)]
    public double PlainRetention() => Retention(_trials.NextPlain()).Estimate;

    [Benchmark]
    public AnalysisResult LibraryRetention() => _retention.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult Sequence() => _sequence.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult Adagio() => _adagio.Run(_trials.Next());

    private static PlainResult Retention(PlainParticipant[] trial)
    {
        double[] contrast = PlainMixedModels.ArmAt(LastVisit, GapTrials.Visits);
        double[] first = PlainMixedModels.ArmAt(SwitchVisit, GapTrials.Visits);
        return PlainMixedModels.RepeatedMeasures(trial).Test([.. contrast.Zip(first, (two, one) => two - (0.5 * one))]);
    }
}
