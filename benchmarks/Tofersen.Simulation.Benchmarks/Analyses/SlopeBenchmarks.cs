using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>Two-stage slopes to week 52 in trials of VALOR with its extension: a regression for each participant, then an analysis of covariance
/// of the slopes. The plain version uses the textbook's sums and MathNet.</summary>
public class SlopeBenchmarks
{
    private const int LastVisit = 10;
    private static readonly Func<PlainParticipant, double>[] Stratum = [p => p.Stratum];

    private TrialSet _trials = null!;
    private IAnalysisWorker _slopes = null!;

    [Params(108, 1000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trials = TrialSet.Valor(Participants);
        _slopes = new SlopeAnalysis { ThroughWeek = 52, MinimumVisits = 3, Covariates = [Covariates.Stratum] }.CreateWorker(_trials.Layout);
        _trials.Check(_slopes, trial => PlainTests.Slopes(trial, LastVisit, 3, Stratum), "slopes");
    }

    [Benchmark(Baseline = true)]
    public double Plain() => PlainTests.Slopes(_trials.NextPlain(), LastVisit, 3, Stratum).Estimate;

    [Benchmark]
    public AnalysisResult Library() => _slopes.Run(_trials.Next());
}
