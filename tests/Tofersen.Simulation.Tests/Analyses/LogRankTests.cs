using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

public sealed class LogRankTests
{
    [Test]
    public void LogRank_ActiveArmFaresBetter_StatisticIsPositiveAndLogHazardRatioNegative()
    {
        AnalysisResult result = new LogRank().Fit(SmallTrial().ToData()).Test;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Statistic, Is.Positive);
            Assert.That(result.Estimate, Is.Negative);
        }
    }

    // Deaths at 1 (control), 2 (control) and 3 (active) of three control and three active participants:
    // E = 3/6 + 3/5 + 3/4, V = 9/36 + 6/25 + 3/16.
    [Test]
    public void LogRank_SmallTrial_EqualsTheSumsByHand()
    {
        LogRankFit fit = new LogRank().Fit(SmallTrial().ToData());
        const double Expected = 0.5 + 0.6 + 0.75;
        const double Variance = 0.25 + 0.24 + 0.1875;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((fit.ObservedControl, fit.ObservedActive), Is.EqualTo((2, 1)));
            Assert.That(fit.ExpectedActive, Is.EqualTo(Expected).Within(1e-14));
            Assert.That(fit.ExpectedControl, Is.EqualTo(3 - Expected).Within(1e-14));
            Assert.That(fit.Variance, Is.EqualTo(Variance).Within(1e-14));
            Assert.That(fit.Test.Statistic, Is.EqualTo((Expected - 1) / Math.Sqrt(Variance)).Within(1e-14));
            Assert.That(fit.Test.Estimate, Is.EqualTo((1 - Expected) / Variance).Within(1e-14));
            Assert.That(fit.Test.StandardError, Is.EqualTo(1 / Math.Sqrt(Variance)).Within(1e-14));
        }
    }

    [Test]
    public void LogRank_OneStratum_EqualsUnstratified()
    {
        PlainTrial trial = SmallTrial();
        trial.Columns = [new PlainColumn("site", ["here", "there"], [1, 1, 1, 1, 1, 1])];
        LogRankFit unstratified = new LogRank().Fit(trial.ToData());
        Assert.That(new LogRank { StratifyBy = ["site"] }.Fit(trial.ToData()), Is.EqualTo(unstratified));
    }

    [Test]
    public void LogRank_ThroughWeek_EqualsDataCensoredThere()
    {
        double[] months = [1, StudyTime.MonthsFromWeeks(12), 3.1, 5, 4, 2];
        EventKind[] ends = [.. Enumerable.Repeat(EventKind.Death, 6)];
        byte[] arms = [0, 1, 0, 1, 1, 0];
        double horizon = StudyTime.MonthsFromWeeks(12);
        PlainTrial censored = PlainTrial.OfTimes(
            arms,
            [.. months.Select(m => Math.Min(m, horizon))],
            [.. months.Select(m => m <= horizon ? EventKind.Death : EventKind.Completed)]);
        LogRankFit expected = new LogRank().Fit(censored.ToData());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                new LogRank { ThroughWeek = 12 }.Fit(PlainTrial.OfTimes(arms, months, ends).ToData()), Is.EqualTo(expected));
            Assert.That(expected.ObservedControl + expected.ObservedActive, Is.EqualTo(3));
        }
    }

    [TestCase(2)]
    [TestCase(0.001)]
    public void LogRank_TimesInAnotherUnit_GiveTheSameTest(double unit)
    {
        PlainTrial trial = SmallTrial();
        LogRankFit expected = new LogRank().Fit(trial.ToData());
        trial.FollowUpMonths = [.. trial.FollowUpMonths!.Select(m => m * unit)];
        Assert.That(new LogRank().Fit(trial.ToData()), Is.EqualTo(expected));
    }

    [Test]
    public void LogRank_OtherKindsOfEnd_Censor()
    {
        PlainTrial trial = SmallTrial();
        trial.Ends = [.. trial.Ends!.Select(e => e == EventKind.Death ? EventKind.OtherWithdrawal : e)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new LogRank().Fit(trial.ToData()).Test.Status, Is.EqualTo(AnalysisStatus.NotEstimable));
            Assert.That(
                new LogRank { Events = [EventKind.OtherWithdrawal] }.Fit(trial.ToData()),
                Is.EqualTo(new LogRank().Fit(SmallTrial().ToData())));
        }
    }

    private static PlainTrial SmallTrial() => PlainTrial.OfTimes(
        [0, 0, 1, 0, 1, 1],
        [1, 2, 3, 4, 5, 5],
        [EventKind.Death, EventKind.Death, EventKind.Death, 0, 0, EventKind.WithdrawalForProgression]);
}
