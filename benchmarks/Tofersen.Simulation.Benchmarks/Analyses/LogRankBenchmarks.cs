using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>The log-rank test to week 52 in trials of VALOR with its extension. The plain version counts everybody at risk at every event.</summary>
public class LogRankBenchmarks
{
    private static readonly EventKind[] Events = [EventKind.Death, EventKind.PermanentVentilation];

    private TrialSet _trials = null!;
    private IAnalysisWorker _logRank = null!;
    private IAnalysisWorker _stratified = null!;

    [Params(108, 1000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trials = TrialSet.Valor(Participants);
        var test = new LogRank { ThroughWeek = 52, Events = [.. Events] };
        _logRank = test.CreateWorker(_trials.Layout);
        _stratified = (test with { StratifyBy = [Covariates.Stratum] }).CreateWorker(_trials.Layout);
        _trials.Check(_logRank, trial => PlainTests.LogRank(trial, 52, Events, stratified: false), "log-rank");
        _trials.Check(_stratified, trial => PlainTests.LogRank(trial, 52, Events, stratified: true), "stratified log-rank");
    }

    [Benchmark(Baseline = true)]
    public double Plain() => PlainTests.LogRank(_trials.NextPlain(), 52, Events, stratified: false).Estimate;

    [Benchmark]
    public AnalysisResult LogRank() => _logRank.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult Stratified() => _stratified.Run(_trials.Next());
}
