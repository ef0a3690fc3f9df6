using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Benchmarks.Plain;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Benchmarks.Analyses;

/// <summary>ANCOVA after 100 imputations, four covariates: 108 participants, 8 visits, 3 % dropout a visit, and the same with 5 % of visits missed
/// (WithGaps). The plain version regresses, draws and analyses with MathNet, one imputation after another, from the same streams.</summary>
public class ImputationBenchmarks
{
    private const int Trials = 20;
    private const int Participants = 108;
    private const int Visits = 8;
    private const double DropoutProbability = 0.03;
    private const double MissedProbability = 0.05;

    private static readonly TrialLayout Layout = new()
    {
        Participants = Participants,
        VisitWeeks = [0, 4, 8, 12, 16, 20, 24, 28],
        ArmNames = ["control", "active"],
        StratumNames = ["all"],
        Covariates = [.. TrialSet.FourCovariates.Select(name => new CovariateColumn { Name = name })],
    };

    private TrialSet _monotone = null!;
    private TrialSet _withGaps = null!;
    private IAnalysisWorker _atRandom = null!;
    private IAnalysisWorker _jump = null!;
    private IAnalysisWorker _chained = null!;

    [GlobalSetup]
    public void Setup()
    {
        _monotone = new TrialSet([.. Enumerable.Range(0, Trials).Select(i => Draw(i, missedProbability: 0))]);
        _withGaps = new TrialSet([.. Enumerable.Range(0, Trials).Select(i => Draw(i, MissedProbability))]);
        var atRandom = new MultipleImputation { Predictors = TrialSet.FourCovariates };
        _atRandom = Worker(atRandom);
        _jump = Worker(atRandom with { Reference = ReferenceBasedImputation.JumpToReference });
        _chained = Worker(atRandom with { Method = ImputationMethod.Chained });
        _monotone.Check(_atRandom, PlainImputations.Ancova, "ANCOVA after imputation", trials: 1);
    }

    [Benchmark(Baseline = true)]
    public double PlainMonotone() => PlainImputations.Ancova(_monotone.NextPlain()).Estimate;

    [Benchmark]
    public AnalysisResult Monotone() => _atRandom.Run(_monotone.Next());

    [Benchmark]
    public AnalysisResult JumpToReference() => _jump.Run(_monotone.Next());

    [Benchmark]
    public AnalysisResult MonotoneWithGaps() => _atRandom.Run(_withGaps.Next());

    [Benchmark]
    public AnalysisResult ChainedWithGaps() => _chained.Run(_withGaps.Next());

    private static IAnalysisWorker Worker(MultipleImputation imputation) =>
        new AncovaWithImputation { Week = 28, Covariates = TrialSet.FourCovariates, Imputation = imputation }.CreateWorker(Layout);

    private static TrialData Draw(int trial, double missedProbability)
    {
        var records = new ParticipantRecord[Participants];
        for (int p = 0; p < Participants; p++)
        {
            TrialRandom random = TrialRandom.Open(1, trial, p, DrawPurpose.Trajectory);
            double baseline = 37 + (6 * random.NextNormal());
            double slope = -1 + (0.6 * random.NextNormal());
            double[] scores = new double[Visits];
            bool left = false;
            for (int v = 0; v < Visits; v++)
            {
                double score = baseline + (slope * v) + (1.6 * random.NextNormal());
                left |= v > 0 && random.NextUniform() < DropoutProbability;
                bool missed = v > 0 && random.NextUniform() < missedProbability;
                scores[v] = left || missed ? double.NaN : score;
            }

            double nfl = 4.3 + (0.7 * random.NextNormal());
            double riluzole = random.NextUniform() < 0.6 ? 1 : 0;
            double edaravone = random.NextUniform() < 0.1 ? 1 : 0;
            records[p] = new ParticipantRecord
            {
                Arm = (byte)(p % 3 == 0 ? 0 : 1),
                Scores = [.. scores],
                Covariates = [scores[0], nfl, riluzole, edaravone],
            };
        }

        return TrialData.FromRecords(Layout, records);
    }
}
