using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>The random-slope model on trials of eight visits with individual times and about 3 % dropout a visit. Calls go round a
/// hundred trials (ten of the large ones), so that no branch is learnt by heart.</summary>
[MemoryDiagnoser]
public class RandomSlopeBenchmarks
{
    private TrialData[] _trials = [];
    private IAnalysisWorker _satterthwaite = null!;
    private IAnalysisWorker _kenwardRoger = null!;
    private IAnalysisWorker _covariates = null!;
    private int _next;

    [Params(108, 1000, 10_000)]
    public int Participants { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var layout = new TrialLayout
        {
            Participants = Participants,
            VisitWeeks = [0, 4, 8, 12, 16, 20, 24, 28],
            ArmNames = ["control", "active"],
            StratumNames = ["all"],
            Covariates = [new CovariateColumn { Name = "age" }, new CovariateColumn { Name = "male" }],
        };
        var random = new Random(20261122);
        _trials = [.. Enumerable.Range(0, Participants > 1000 ? 10 : 100).Select(_ => Draw(layout, random))];
        var model = new RandomSlopeModel { ThroughWeek = 28 };
        _satterthwaite = model.CreateWorker(layout);
        _kenwardRoger = (model with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRogerLinear }).CreateWorker(layout);
        _covariates = (model with { Covariates = ["age*time", "male*time"], CommonBaseline = false }).CreateWorker(layout);
    }

    [Benchmark(Baseline = true)]
    public AnalysisResult Satterthwaite() => _satterthwaite.Run(Next());

    [Benchmark]
    public AnalysisResult KenwardRoger() => _kenwardRoger.Run(Next());

    [Benchmark]
    public AnalysisResult TwoCovariatesByTime() => _covariates.Run(Next());

    private TrialData Next() => _trials[_next = (_next + 1) % _trials.Length];

    private static TrialData Draw(TrialLayout layout, Random random)
    {
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var records = new ParticipantRecord[layout.Participants];
        for (int p = 0; p < records.Length; p++)
        {
            byte arm = (byte)(p % 3 == 0 ? TrialDesign.ControlArm : TrialDesign.ActiveArm);
            double level = 37 + (5.5 * Normal());
            double slope = -1 + (0.3 * arm) + (0.6 * Normal());
            var scores = new double[layout.VisitWeeks.Count];
            var months = new double[scores.Length];
            bool isHere = true;
            for (int v = 0; v < scores.Length; v++)
            {
                isHere &= v == 0 || random.NextDouble() >= 0.03;
                months[v] = v == 0 ? 0 : StudyTime.MonthsFromWeeks(layout.VisitWeeks[v]) + (0.2 * (random.NextDouble() - 0.5));
                scores[v] = isHere ? Math.Round(level + (slope * months[v]) + (2 * Normal())) : double.NaN;
            }

            records[p] = new ParticipantRecord
            {
                Arm = arm,
                Stratum = 0,
                Scores = [.. scores],
                VisitMonths = [.. months],
                Covariates = [Math.Round(55 + (11 * Normal()), 1), random.Next(2)],
            };
        }

        return TrialData.FromRecords(layout, records);
    }
}
