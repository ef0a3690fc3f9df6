using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.MonteCarlo;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Trials of 90 in which three in ten drop out, the likelier the more they had lost at the last visit: missing at random.
/// Observed cases then say too little of the effect; imputation does not.</summary>
[Category("Statistical")]
public sealed class ImputationCoverageTests
{
    private const int Participants = 90;
    private const int Visits = 5;
    private const double Effect = 2;

    private static readonly TrialLayout Layout = new()
    {
        Participants = Participants,
        VisitWeeks = [0, 4, 8, 12, 16],
        ArmNames = ["control", "active"],
        StratumNames = ["all"],
        Covariates = [new CovariateColumn { Name = "baseline" }],
    };

    [TestCase(true)]
    [TestCase(false)]
    public void Imputation_MissingAtRandom_IsUnbiasedAndCovers(bool byArm)
    {
        const int replicates = 3_000;
        Tally tally = Run(replicates, Effect, byArm, FalseAlarm.Seed(161));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Mean, Is.EqualTo(Effect).Within(FalseAlarm.StandardErrors * tally.MeanError));
            Assert.That(
                tally.ObservedMean, Is.LessThan(Effect - (FalseAlarm.StandardErrors * tally.ObservedMeanError)), "observed cases");
            Assert.That(tally.Coverage, Is.EqualTo(0.95).Within(FalseAlarm.Proportion(0.95, replicates)));
            Assert.That(tally.Missing, Is.EqualTo(0.3).Within(0.05));
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Imputation_NoEffect_RejectsAtNominalAlpha(bool byArm)
    {
        const int replicates = 3_000;
        Tally tally = Run(replicates, effect: 0, byArm, FalseAlarm.Seed(163));
        Assert.That(tally.Rejected, Is.EqualTo(0.05).Within(FalseAlarm.Proportion(0.05, replicates)));
    }

    // Rubin's rules are an approximation, and on the safe side where the imputation allows for more than the analysis; so
    // many replicates see that, and coverage is asked from one side.
    [TestCase(true)]
    [TestCase(false)]
    [Category("Slow")]
    public void Imputation_ManyReplicates_IsUnbiasedAndCoversAtLeast(bool byArm)
    {
        int replicates = Replications.Of(100_000);
        Tally tally = Run(replicates, Effect, byArm, FalseAlarm.Seed(167));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Mean, Is.EqualTo(Effect).Within(FalseAlarm.StandardErrors * tally.MeanError));
            Assert.That(tally.Coverage, Is.GreaterThan(0.95 - FalseAlarm.Proportion(0.95, replicates)));
            Assert.That(tally.Coverage, Is.LessThan(0.97));
        }
    }

    private static Tally Run(int replicates, double effect, bool byArm, ulong seed)
    {
        var analysis = new AncovaWithImputation
        {
            Week = 16,
            Imputation = new MultipleImputation { Imputations = 20, ByArm = byArm },
        };
        IAnalysisWorker imputed = analysis.CreateWorker(Layout);
        IAnalysisWorker observed = new Ancova { Week = 16 }.CreateWorker(Layout);
        var tally = new Tally { Replicates = replicates };
        for (int r = 0; r < replicates; r++)
        {
            TrialData data = Draw(new StreamKey(seed, r), effect, out int missing);
            AnalysisResult result = imputed.Run(data);
            tally.Add(result, observed.Run(data), effect, missing);
        }

        TestContext.Out.WriteLine(tally);
        return tally;
    }

    private static TrialData Draw(StreamKey key, double effect, out int missing)
    {
        var records = new ParticipantRecord[Participants];
        missing = 0;
        for (int p = 0; p < Participants; p++)
        {
            TrialRandom random = key.Open(p, DrawPurpose.Trajectory);
            double baseline = 37 + (5 * random.NextNormal());
            bool isActive = p % 3 != 0;
            double slope = -1.5 + (0.9 * random.NextNormal()) + (isActive ? effect / (Visits - 1) : 0);
            var scores = new double[Visits];
            scores[0] = baseline;
            bool left = false;
            for (int v = 1; v < Visits; v++)
            {
                double change = scores[v - 1] - baseline;
                left |= random.NextUniform() < 1 / (1 + Math.Exp(3.4 + (0.4 * change)));
                scores[v] = left ? double.NaN : baseline + (slope * v) + (1.5 * random.NextNormal());
            }

            missing += left ? 1 : 0;
            records[p] = new ParticipantRecord { Arm = (byte)(isActive ? 1 : 0), Scores = [.. scores], Covariates = [baseline] };
        }

        TrialData data = TrialData.FromRecords(Layout, records);
        data.Streams = key;
        return data;
    }

    private sealed class Tally
    {
        private double _sum;
        private double _squares;
        private double _observedSum;
        private double _observedSquares;
        private int _covered;
        private int _rejected;
        private long _missing;

        internal required int Replicates { get; init; }

        internal double Mean => _sum / Replicates;

        internal double MeanError => Math.Sqrt(((_squares / Replicates) - (Mean * Mean)) / Replicates);

        internal double ObservedMean => _observedSum / Replicates;

        internal double ObservedMeanError =>
            Math.Sqrt(((_observedSquares / Replicates) - (ObservedMean * ObservedMean)) / Replicates);

        internal double Coverage => (double)_covered / Replicates;

        internal double Rejected => (double)_rejected / Replicates;

        internal double Missing => (double)_missing / Replicates / Participants;

        internal void Add(AnalysisResult imputed, AnalysisResult observed, double effect, int missing)
        {
            Assert.That(imputed.IsUsable && observed.IsUsable);
            _sum += imputed.Estimate;
            _squares += imputed.Estimate * imputed.Estimate;
            _observedSum += observed.Estimate;
            _observedSquares += observed.Estimate * observed.Estimate;
            _covered += imputed.Lower <= effect && effect <= imputed.Upper ? 1 : 0;
            _rejected += imputed.PValue < 0.05 ? 1 : 0;
            _missing += missing;
        }

        public override string ToString() => FormattableString.Invariant(
            $"mean {Mean:F4} ± {MeanError:F4}, observed cases {ObservedMean:F4} ± {ObservedMeanError:F4}, ")
            + FormattableString.Invariant($"coverage {Coverage:F4}, rejected {Rejected:F4}, missing {Missing:F3}");
    }
}
