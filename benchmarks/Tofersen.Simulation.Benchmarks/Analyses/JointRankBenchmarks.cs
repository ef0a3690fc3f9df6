using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>Joint ranks with analysis of covariance on the ranks, four covariates, in trials of VALOR with its extension, by what becomes of those
/// who left. The plain version compares every pair, or sorts, and solves with MathNet.</summary>
public class JointRankBenchmarks
{
    private const int LastVisit = 10;
    private static readonly double Horizon = StudyTime.MonthsFromWeeks(52);

    private TrialSet _trials = null!;
    private IAnalysisWorker _rank = null!;

    [Params(108, 1000)]
    public int Participants { get; set; }

    [Params(IncompleteFollowUp.LastCommonVisit, IncompleteFollowUp.LastObserved)]
    public IncompleteFollowUp Incomplete { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trials = TrialSet.Valor(Participants);
        _rank = new JointRank { Week = 52, Covariates = TrialSet.FourCovariates, Incomplete = Incomplete }.CreateWorker(_trials.Layout);
        _trials.Check(_rank, Test, "joint rank", trials: 3);
    }

    [Benchmark(Baseline = true)]
    public double Plain() => Test(_trials.NextPlain()).Estimate;

    [Benchmark]
    public AnalysisResult AncovaOnRanks() => _rank.Run(_trials.Next());

    private PlainResult Test(PlainParticipant[] trial) =>
        Incomplete == IncompleteFollowUp.LastObserved
            ? PlainRanks.LastObserved(trial, LastVisit, Horizon, PlainTests.FourCovariates)
            : PlainRanks.LastCommonVisit(trial, LastVisit, Horizon, PlainTests.FourCovariates);
}
