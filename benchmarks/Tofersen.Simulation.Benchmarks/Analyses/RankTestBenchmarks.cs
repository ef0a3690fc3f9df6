using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>Tests of joint ranks without covariates in trials of VALOR with its extension, 108 participants. The plain version compares every
/// pair of a stratum.</summary>
public class RankTestBenchmarks
{
    private const int LastVisit = 10;
    private static readonly double Horizon = StudyTime.MonthsFromWeeks(52);

    private TrialSet _trials = null!;
    private IAnalysisWorker _unadjusted = null!;
    private IAnalysisWorker _stratified = null!;
    private IAnalysisWorker _winRatio = null!;
    private IAnalysisWorker _exact = null!;

    [GlobalSetup]
    public void Setup()
    {
        _trials = TrialSet.Valor(108);
        var rank = new JointRank { Week = 52, Test = JointRankTest.Unadjusted };
        JointRank stratified = rank with { StratifyBy = [Covariates.Stratum] };
        _unadjusted = rank.CreateWorker(_trials.Layout);
        _stratified = stratified.CreateWorker(_trials.Layout);
        _winRatio = (stratified with { Test = JointRankTest.WinRatio }).CreateWorker(_trials.Layout);
        _exact = (rank with { Test = JointRankTest.ExactPermutation }).CreateWorker(_trials.Layout);
        _trials.Check(_unadjusted, trial => PlainRanks.Unadjusted(trial, LastVisit, Horizon, stratified: false), "unadjusted");
        _trials.Check(_stratified, trial => PlainRanks.Unadjusted(trial, LastVisit, Horizon, stratified: true), "stratified");
    }

    [Benchmark(Baseline = true)]
    public double PlainStratified() => PlainRanks.Unadjusted(_trials.NextPlain(), LastVisit, Horizon, stratified: true).Estimate;

    [Benchmark]
    public AnalysisResult Unadjusted() => _unadjusted.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult Stratified() => _stratified.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult StratifiedWinRatio() => _winRatio.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult ExactPermutation() => _exact.Run(_trials.Next());
}
