using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Ranks;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class JointRankTests
{
    private static readonly JointRank Unadjusted = new() { Week = 28, Test = JointRankTest.Unadjusted, Covariates = [] };

    [Test]
    public void JointRank_AllParticipants_ScoresSumToZero([Values] IncompleteFollowUp rule)
    {
        using (Assert.EnterMultipleScope())
        {
            for (int seed = 1; seed <= 50; seed++)
            {
                PlainTrial trial = RandomTrial.Draw(new Random(seed));
                JointRankFit fit = (Unadjusted with { Week = trial.VisitWeeks[^1], Incomplete = rule }).Fit(trial.ToData());
                double n = fit.Participants.Count;
                Assert.That(fit.Scores.Sum(), Is.Zero, $"seed {seed}");
                Assert.That(fit.Ranks.Sum(), Is.EqualTo(n * (n + 1) / 2), $"seed {seed}");
            }
        }
    }

    // Ranks 1 to 10 of the changes; W = rank sum of the active arm, mean n₁ (n + 1) / 2, variance n₁ n₀ (n + 1) / 12.
    [Test]
    public void JointRank_NoDeathsNoTies_EqualsWilcoxonsNormalTest()
    {
        byte[] arms = [0, 1, 1, 0, 0, 1, 0, 1, 0, 1];
        double[] changes = [-7.5, -3.1, 0.4, -9.2, -1.8, 2.2, -4.4, -0.6, -5.9, 1.3];
        double rankSum = changes.Select((c, i) => arms[i] * changes.Count(other => other <= c)).Sum();
        AnalysisResult result = Unadjusted.Fit(PlainTrial.OfChanges(arms, changes).ToData()).Unadjusted;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Statistic, Is.EqualTo((rankSum - 27.5) / Math.Sqrt(25 * 11 / 12.0)).Within(1e-13));
            Assert.That(result.DegreesOfFreedom, Is.EqualTo(double.PositiveInfinity));
            Assert.That(result.Estimate, Is.EqualTo((2 * (rankSum - 15) / 25) - 1).Within(1e-13));
        }
    }

    [Test]
    public void JointRank_DeathsAgainstSurvivors_RankBelowThem()
    {
        // Dead at 1, 3 and 3 months; alive with changes −20, −1 and −1.
        PlainTrial trial = PlainTrial.OfTimes(
            [0, 1, 0, 1, 0, 1],
            [1, 3, 3, 6.5, 6.5, 6.5],
            [EventKind.Death, EventKind.Death, EventKind.PermanentVentilation, 0, 0, 0]);
        trial.Scores = [[40, double.NaN], [40, double.NaN], [40, double.NaN], [40, 20], [40, 39], [30, 29]];
        JointRankFit fit = Unadjusted.Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Scores, Is.EqualTo([-5, -2, -2, 1, 4, 4]));
            Assert.That(fit.Ranks, Is.EqualTo([1, 2.5, 2.5, 4, 5.5, 5.5]));
            Assert.That((fit.Wins, fit.Losses, fit.Ties), Is.EqualTo((5L, 2L, 2L)));
            Assert.That(fit.WinRatio, Is.EqualTo(2.5));
        }
    }

    [Test]
    public void JointRank_VentilationNotDeath_ComparesAtTheLastCommonVisit()
    {
        PlainTrial trial = PlainTrial.OfTimes([0, 1, 1], [4, 6.5, 6.5], [EventKind.PermanentVentilation, 0, 0]);
        trial.VisitWeeks = [0, 12, 28];
        trial.Scores = [[40, 36, double.NaN], [40, 35, 39], [40, 37, 20]];
        JointRankFit asDeath = Unadjusted.Fit(trial.ToData());
        JointRankFit asWithdrawal = (Unadjusted with { PermanentVentilationIsDeath = false }).Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asDeath.Scores, Is.EqualTo([-2, 2, 0]));
            Assert.That(asWithdrawal.Scores, Is.EqualTo([0, 0, 0]));
        }
    }

    // A withdrew at 2 months, B died at 4: only their common visit can tell. C withdrew at 4 months, when B died: C wins.
    [Test]
    public void JointRank_DeathAfterTheOtherLeft_DoesNotDecideThePair()
    {
        PlainTrial trial = PlainTrial.OfTimes(
            [0, 1, 0], [2, 4, 4], [EventKind.OtherWithdrawal, EventKind.Death, EventKind.OtherWithdrawal]);
        trial.VisitWeeks = [0, 8, 28];
        trial.Scores = [[40, 30, double.NaN], [40, 35, double.NaN], [40, 20, double.NaN]];
        JointRankFit common = Unadjusted.Fit(trial.ToData());
        JointRankFit carried = (Unadjusted with { Incomplete = IncompleteFollowUp.LastObserved }).Fit(trial.ToData());
        JointRankFit excluded = (Unadjusted with { Incomplete = IncompleteFollowUp.Excluded }).Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            // B beats A at week 8, C outlives B, A beats C at week 8: not transitive.
            Assert.That(common.Scores, Is.EqualTo([0, 0, 0]));
            Assert.That(carried.Scores, Is.EqualTo([2, -2, 0]));
            Assert.That(excluded.Participants, Is.EqualTo([1]));
        }
    }

    [Test]
    public void JointRank_DeathAfterTheHorizon_CountsAsAlive()
    {
        PlainTrial trial = PlainTrial.OfTimes([0, 1], [8, 12], [EventKind.Death, EventKind.Completed]);
        trial.VisitWeeks = [0, 28, 52];
        trial.Scores = [[40, 39, double.NaN], [40, 30, 30]];
        Assert.That(Unadjusted.Fit(trial.ToData()).Scores, Is.EqualTo([1, -1]));
    }

    [Test]
    public void JointRank_EverybodyTied_IsNotEstimable()
    {
        JointRankFit fit = Unadjusted.Fit(PlainTrial.OfChanges([0, 1, 0, 1], [-2, -2, -2, -2]).ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Unadjusted.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
            Assert.That(fit.AncovaOnRanks.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
            Assert.That(fit.WinRatio, Is.NaN);
            Assert.That(fit.WinOdds, Is.EqualTo(1));
            Assert.That(fit.WinProbability, Is.EqualTo(0.5));
        }
    }

    [Test]
    public void JointRank_NobodyAtTheVisit_IsNotEstimable()
    {
        PlainTrial trial = PlainTrial.OfChanges([0, 1], [double.NaN, double.NaN]);
        JointRankFit fit = (Unadjusted with { Incomplete = IncompleteFollowUp.Excluded }).Fit(trial.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Participants, Is.Empty);
            Assert.That(fit.Unadjusted.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
        }
    }

    // Missing and present covariates alike: the unadjusted test keeps everybody.
    [Test]
    public void JointRank_UnadjustedTest_IgnoresCovariates()
    {
        PlainTrial trial = PlainTrial.OfChanges([0, 1, 0, 1, 0, 1], [-7.5, -3.1, 0.4, -9.2, -1.8, 2.2]);
        trial.Columns = [new PlainColumn("baseline", [], [40, 38, double.NaN, 33, 36, 42])];
        JointRank adjusted = Unadjusted with { Covariates = ["baseline"] };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(adjusted.Fit(trial.ToData()).Unadjusted, Is.EqualTo(Unadjusted.Fit(trial.ToData()).Unadjusted));
            Assert.That((adjusted with { Test = JointRankTest.AncovaOnRanks }).Fit(trial.ToData()).Participants, Has.Count.EqualTo(5));
        }
    }

    // A dead participant keeps the death whatever change is given; a change of NaN leaves out who is alive.
    [Test]
    public void Run_GivenChanges_EqualsATrialThatHasThem([Values] JointRankTest test)
    {
        PlainTrial trial = PlainTrial.OfTimes(
            [0, 1, 0, 1, 0, 1, 0, 1], [6.5, 6.5, 3, 6.5, 2, 6.5, 6.5, 5], [0, 0, EventKind.Death, 0, EventKind.OtherWithdrawal, 0, 0, 0]);
        trial.Scores = [[40, 30], [40, 39], [40, double.NaN], [30, 29], [40, double.NaN], [40, 20], [40, 32], [41, double.NaN]];
        double[] changes = [-3, -1, 99, 0, -7, double.NaN, -2.5, -4];
        PlainTrial completed = trial.Reordered([0, 1, 2, 3, 4, 6, 7]);
        completed.Scores = [[0, -3], [0, -1], [0, double.NaN], [0, 0], [0, -7], [0, -2.5], [0, -4]];
        completed.Ends![4] = EventKind.Completed;
        JointRank analysis = Unadjusted with { Test = test, Incomplete = IncompleteFollowUp.Excluded };
        TrialData data = trial.ToData();
        AnalysisResult result = new JointRankWorker(analysis, data.Layout).Run(data, changes);
        TrialData expected = completed.ToData();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.IsUsable);
            Assert.That(result, Is.EqualTo(analysis.CreateWorker(expected.Layout).Run(expected)));
        }
    }

    // Dead at 2 and 4, left at 2 and 3, missed the last visit, alive: in order of time, alive before dead at the same time.
    [Test]
    public void JointRank_OrderedAtWithdrawal_RanksByTimeBelowThoseFollowedToTheHorizon()
    {
        PlainTrial trial = PlainTrial.OfTimes(
            [0, 1, 0, 1, 0, 1],
            [2, 4, 2, 3, 6.5, 6.5],
            [EventKind.Death, EventKind.Death, EventKind.OtherWithdrawal, EventKind.OtherWithdrawal, 0, 0]);
        trial.VisitWeeks = [0, 8, 28];
        trial.Scores =
        [
            [40, 39, double.NaN], [40, 39, double.NaN], [40, 39, double.NaN], [40, 39, double.NaN], [40, 20, double.NaN], [40, 39, 30],
        ];
        JointRankFit fit = (Unadjusted with { Incomplete = IncompleteFollowUp.OrderedAtWithdrawal }).Fit(trial.ToData());
        Assert.That(fit.Ranks, Is.EqualTo([1, 4, 2, 3, 5, 6]));
    }
}
