using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>Changes of a trial that must change a result in a known way, for every analysis on random trials. The seed stands in the
/// message of a failure.</summary>
public sealed class MetamorphicTests
{
    private const int Trials = 100;

    private static readonly string[] Names =
    [
        "ancova", "ancova-HC2", "joint-rank-adjusted", "joint-rank", "joint-rank-carried", "joint-rank-withdrawals", "joint-rank-stratified",
        "joint-rank-exact", "win-ratio", "win-odds", "net-benefit", "responders", "events", "log-rank", "log-rank-stratified",
        "cox", "cox-stratified", "cox-adjusted", "restricted-mean", "slopes",
    ];

    [TestCaseSource(nameof(Names))]
    public void Run_SwappedArms_FlipsSigns(string name)
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials())
        {
            AnalysisResult result = Run(name, trial);
            AnalysisResult swapped = Run(name, trial.WithArmsSwapped());
            AnalysisResult expected = result with
            {
                Estimate = -result.Estimate,
                Statistic = -result.Statistic,
                Lower = -result.Upper,
                Upper = -result.Lower,
            };
            AssertEqual(swapped, expected, seed);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Run_ParticipantsReordered_GivesTheSame(string name)
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials())
        {
            var random = new Random(seed);
            int[] order = [.. Enumerable.Range(0, trial.Participants).OrderBy(_ => random.Next())];
            AssertEqual(Run(name, trial.Reordered(order)), Run(name, trial), seed);
        }
    }

    // Whole points and a covariate in the model that moves along: nothing else can change.
    [TestCaseSource(nameof(Names))]
    public void Run_ScoresShifted_GivesTheSameEffect(string name)
    {
        foreach ((int seed, PlainTrial trial) in RandomTrials())
        {
            PlainTrial rounded = WithScores(trial, Math.Round);
            AssertEqual(Run(name, WithScores(rounded, score => score + 16)), Run(name, rounded), seed);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Run_SameTrialTwiceOnOneWorker_GivesTheSameBits(string name)
    {
        PlainTrial first = RandomTrial.Draw(new Random(7));
        PlainTrial second = first.Copy();
        second.Scores = [.. first.Scores.Reverse()];
        second.Ends = [.. first.Ends!.Reverse()];
        TrialData data = first.ToData();
        IAnalysisWorker worker = Analysis(name, first).CreateWorker(data.Layout);
        AnalysisResult before = worker.Run(data);
        worker.Run(second.ToData());
        Assert.That(worker.Run(data), Is.EqualTo(before));
    }

    private static IEnumerable<(int Seed, PlainTrial Trial)> RandomTrials() =>
        Enumerable.Range(1, Trials).Select(seed => (seed, RandomTrial.Draw(new Random(seed))));

    private static AnalysisResult Run(string name, PlainTrial trial)
    {
        TrialData data = trial.ToData();
        return Analysis(name, trial).CreateWorker(data.Layout).Run(data);
    }

    private static IAnalysis Analysis(string name, PlainTrial trial)
    {
        double week = trial.VisitWeeks[^1];
        var ancova = new Ancova { Week = week, Covariates = ["baseline", "stratum"] };
        var jointRank = new JointRank { Week = week, Covariates = ["baseline"] };
        return name switch
        {
            "ancova" => ancova,
            "ancova-HC2" => ancova with { Covariates = [], Variance = RobustVariance.HC2 },
            "joint-rank-adjusted" => jointRank,
            "joint-rank" => jointRank with { Test = JointRankTest.Unadjusted },
            "joint-rank-carried" => jointRank with { Incomplete = IncompleteFollowUp.LastObserved },
            "joint-rank-withdrawals" => jointRank with { Incomplete = IncompleteFollowUp.OrderedAtWithdrawal },
            "joint-rank-stratified" => jointRank with { Test = JointRankTest.Unadjusted, StratifyBy = ["stratum"] },
            "joint-rank-exact" => jointRank with { Test = JointRankTest.ExactPermutation, StratifyBy = ["site"] },
            "win-ratio" => jointRank with { Test = JointRankTest.WinRatio },
            "win-odds" => jointRank with { Test = JointRankTest.WinOdds, WinVariance = WinVariance.UnderNull },
            "net-benefit" => jointRank with { Test = JointRankTest.NetBenefit, StratifyBy = ["stratum"] },
            "responders" => new ResponderAnalysis { Week = week, Threshold = -3.5, StratifyBy = ["stratum"], ContinuityCorrection = true },
            "events" => new EventProportion { ThroughWeek = week, Missing = MissingOutcome.Excluded },
            "log-rank" => new LogRank(),
            "cox" => new CoxRegression(),
            "cox-stratified" => new CoxRegression { StratifyBy = ["stratum"], Test = CoxTest.Score },
            "cox-adjusted" => new CoxRegression { Covariates = ["stratum"], Ties = TieHandling.Breslow, Test = CoxTest.LikelihoodRatio },
            "restricted-mean" => new RestrictedMeanSurvival { ThroughWeek = week / 2 },
            "log-rank-stratified" => new LogRank { StratifyBy = ["stratum"] },
            _ => new SlopeAnalysis { ThroughWeek = week, Covariates = ["baseline"] },
        };
    }

    private static PlainTrial WithScores(PlainTrial trial, Func<double, double> change)
    {
        PlainTrial copy = trial.Copy();
        copy.Scores = [.. copy.Scores.Select(scores => scores.Select(change).ToArray())];
        copy.Columns[0] = copy.Columns[0] with { Values = [.. copy.Scores.Select(scores => scores[0])] };
        return copy;
    }

    private static void AssertEqual(AnalysisResult actual, AnalysisResult expected, int seed)
    {
        string message = $"seed {seed}";
        double scale = expected.StandardError;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Status, Is.EqualTo(expected.Status), message);
            Assert.That(actual.Participants, Is.EqualTo(expected.Participants), message);
            Assert.That(actual.DegreesOfFreedom, Is.EqualTo(expected.DegreesOfFreedom), message);
            Assert.That(actual.Estimate, Nearly.Equal(expected.Estimate, 1e-9, scale), message);
            Assert.That(actual.StandardError, Nearly.Equal(scale, 1e-9), message);
            Assert.That(actual.Statistic, Nearly.Equal(expected.Statistic, 1e-9, 1), message);
            Assert.That(actual.PValue, Nearly.Equal(expected.PValue, 1e-8, 1e-3), message);
            Assert.That(actual.Lower, Nearly.Equal(expected.Lower, 1e-9, scale), message);
            Assert.That(actual.Upper, Nearly.Equal(expected.Upper, 1e-9, scale), message);
        }
    }
}
