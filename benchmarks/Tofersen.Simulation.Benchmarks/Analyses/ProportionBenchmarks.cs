using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>Proportions of responders at week 28 and of participants with an event, by stratum, in trials of VALOR with its extension. The plain
/// version counts tables of objects.</summary>
public class ProportionBenchmarks
{
    private const int Visit = 8;
    private const double Threshold = -4;

    private TrialSet _trials = null!;
    private IAnalysisWorker _responders = null!;
    private IAnalysisWorker _events = null!;

    [Params(108, 1000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _trials = TrialSet.Valor(Participants);
        _responders = new ResponderAnalysis { Week = 28, Threshold = Threshold, StratifyBy = [Covariates.Stratum] }
            .CreateWorker(_trials.Layout);
        _events = new EventProportion { ThroughWeek = 52, StratifyBy = [Covariates.Stratum] }.CreateWorker(_trials.Layout);
        foreach (TrialData trial in _trials.All.Take(10))
        {
            AnalysisResult ours = _responders.Run(trial);
            PlainProportions plain = Count(PlainParticipant.Of(trial));
            Agreement.Check(ours.Estimate, plain.Difference, "difference", 1);
            Agreement.Check(ours.Statistic, plain.SignedRoot(corrects: false), "statistic", 1);
            Agreement.Check(ours.Lower, plain.Interval().Lower, "lower limit", 1);
            Agreement.Check(ours.Upper, plain.Interval().Upper, "upper limit", 1);
        }
    }

    [Benchmark(Baseline = true)]
    public double PlainResponders()
    {
        PlainProportions plain = Count(_trials.NextPlain());
        return plain.SignedRoot(corrects: false) + plain.Interval().Lower;
    }

    [Benchmark]
    public AnalysisResult Responders() => _responders.Run(_trials.Next());

    [Benchmark]
    public AnalysisResult Events() => _events.Run(_trials.Next());

    private static PlainProportions Count(PlainParticipant[] trial) =>
        new(trial.Select(p => ($"{p.Stratum}", (int)p.Arm, p.Has(Visit) && p.Change(Visit) >= Threshold)));
}
