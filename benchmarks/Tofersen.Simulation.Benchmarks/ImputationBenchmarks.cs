using BenchmarkDotNet.Attributes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>ANCOVA after 100 imputations: 108 participants, 8 visits, 3 % dropout a visit, and the same with 5 % of visits
/// missed.</summary>
[MemoryDiagnoser]
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
        Covariates =
        [
            new CovariateColumn { Name = "baseline" }, new CovariateColumn { Name = "logNfl" },
            new CovariateColumn { Name = "riluzole" }, new CovariateColumn { Name = "edaravone" },
        ],
    };

    private static readonly string[] FourCovariates = ["baseline", "logNfl", "riluzole", "edaravone"];

    private readonly TrialData[] _monotone = new TrialData[Trials];
    private readonly TrialData[] _withGaps = new TrialData[Trials];
    private IAnalysisWorker _atRandom = null!;
    private IAnalysisWorker _jump = null!;
    private IAnalysisWorker _chained = null!;
    private int _next;

    [GlobalSetup]
    public void Setup()
    {
        for (int i = 0; i < Trials; i++)
        {
            _monotone[i] = Draw(i, missedProbability: 0);
            _withGaps[i] = Draw(i, MissedProbability);
        }

        _atRandom = Worker(new MultipleImputation { Predictors = [.. FourCovariates] });
        _jump = Worker(new MultipleImputation
        {
            Predictors = [.. FourCovariates],
            Reference = ReferenceBasedImputation.JumpToReference,
        });
        _chained = Worker(new MultipleImputation { Predictors = [.. FourCovariates], Method = ImputationMethod.Chained });
    }

    [Benchmark(Baseline = true)]
    public AnalysisResult Monotone() => _atRandom.Run(_monotone[Next()]);

    [Benchmark]
    public AnalysisResult JumpToReference() => _jump.Run(_monotone[Next()]);

    [Benchmark]
    public AnalysisResult MonotoneWithGaps() => _atRandom.Run(_withGaps[Next()]);

    [Benchmark]
    public AnalysisResult Chained() => _chained.Run(_withGaps[Next()]);

    private static IAnalysisWorker Worker(MultipleImputation imputation) =>
        new AncovaWithImputation { Week = 28, Covariates = [.. FourCovariates], Imputation = imputation }.CreateWorker(Layout);

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

    private int Next() => _next = (_next + 1) % Trials;
}
