using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>An analysis of covariance at week 52 with an estimand: the dead score 0, and who leaves keeps the last score. Trials of VALOR with its
/// extension; the plain version changes copies of the scores and solves with MathNet.</summary>
public class EstimandBenchmarks
{
    private const int LastVisit = 10;

    private TrialSet _trials = null!;
    private IAnalysisWorker _estimand = null!;
    private IAnalysisWorker _ancova = null!;

    [Params(108, 1000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trials = TrialSet.Valor(Participants);
        var ancova = new Ancova { Week = 52, Covariates = TrialSet.FourCovariates };
        _ancova = ancova.CreateWorker(_trials.Layout);
        _estimand = new EstimandAnalysis
        {
            Analysis = ancova,
            Strategies = new Estimand
            {
                Death = EventStrategy.Composite,
                PermanentVentilation = EventStrategy.Composite,
                Withdrawal = EventStrategy.WhileOnTreatment,
            },
        }.CreateWorker(_trials.Layout);
        _trials.Check(_estimand, Test, "estimand");
    }

    [Benchmark(Baseline = true)]
    public double Plain() => Test(_trials.NextPlain()).Estimate;

    [Benchmark]
    public AnalysisResult Library() => _estimand.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult AncovaAlone() => _ancova.Run(_trials.Next());

    private static PlainResult Test(PlainParticipant[] trial) =>
        PlainTests.Ancova([.. trial.Select(Apply)], LastVisit, PlainTests.FourCovariates);

    private static PlainParticipant Apply(PlainParticipant participant)
    {
        double[] scores = [.. participant.Scores];
        for (int v = 1; v < scores.Length; v++)
        {
            if (!participant.Has(v))
            {
                scores[v] = participant.End is EventKind.Death or EventKind.PermanentVentilation ? 0 : scores[v - 1];
            }
        }

        return participant with { Scores = scores };
    }
}
