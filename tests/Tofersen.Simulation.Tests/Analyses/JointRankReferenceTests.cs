using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Tests.Analyses;

/// <summary>A double loop over all pairs in R, and R's lm of the ranks; see ReferenceData/joint-rank/README.md.</summary>
[Category("Reference")]
public sealed class JointRankReferenceTests
{
    private static IEnumerable<TestCaseData> Complete() => ReferenceFile.Cases("joint-rank", "summary-horizon", "dataset");

    private static IEnumerable<TestCaseData> Incomplete() => ReferenceFile.Cases("joint-rank", "summary-cafs", "dataset");

    private static IEnumerable<TestCaseData> WinStatistics() =>
        ReferenceFile.Cases("joint-rank", "win-statistics", "dataset", "strata");

    private static IEnumerable<TestCaseData> Exact() => ReferenceFile.Cases("joint-rank", "exact", "dataset");

    [Test]
    public void Fit_CompleteFollowUp_MatchesReferenceWhateverTheRule(
        [ValueSource(nameof(CompleteRows))] object row, [Values] IncompleteFollowUp rule)
    {
        var expected = (ReferenceRow)row;
        Compare(expected, ReadHorizon(expected.Text("dataset")), new JointRank { Week = 30, Incomplete = rule });
    }

    [TestCaseSource(nameof(Incomplete))]
    public void Fit_LastCommonVisit_MatchesReference(object row)
    {
        var expected = (ReferenceRow)row;
        Compare(expected, ReadCafs(expected.Text("dataset")), new JointRank { Week = 30 });
    }

    // Worked example of 12 participants: scores and published statistics. The analysis of ranks, the exact permutation test and the
    // win statistics were computed with R; mean ranks 8.2143 and 4.1 and U / 35 = 0.842857 as printed.
    [Test]
    public void Fit_WorkedExample_GivesPublishedValues()
    {
        JointRankFit fit = new JointRank { Week = 30 }.Fit(ReadHorizon("horizon-worked12"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Scores, Is.EqualTo([4, 9, -1, 11, -7, 1, 7, -3, -9, 4, -5, -11]));
            Assert.That(fit.Ranks, Is.EqualTo([8.5, 11, 6, 12, 3, 7, 10, 5, 2, 8.5, 4, 1]));
            Assert.That(fit.Ranks.Take(7).Average(), Is.EqualTo(8.2143).Within(5e-5));
            Assert.That(fit.Ranks.Skip(7).Average(), Is.EqualTo(4.1).Within(1e-12));
            Assert.That((fit.Wins, fit.Losses, fit.Ties), Is.EqualTo((29L, 5L, 1L)));
            Assert.That(fit.WinRatio, Is.EqualTo(5.8).Within(1e-12));
            Assert.That(fit.WinOdds, Is.EqualTo(5.363636).Within(5e-7));
            Assert.That(fit.NetBenefit, Is.EqualTo(0.685714).Within(5e-7));
            Assert.That(fit.WinProbability, Is.EqualTo(0.842857).Within(5e-7));
            Assert.That(fit.Unadjusted.Statistic, Is.EqualTo(1.952211008).Within(5e-10));
            Assert.That(fit.Unadjusted.PValue, Is.EqualTo(0.0509131578).Within(5e-11));
            Assert.That(fit.ExactPermutation.PValue, Is.EqualTo(0.0530303).Within(5e-8));
            Assert.That(fit.AncovaOnRanks.Estimate, Is.EqualTo(3.521126761).Within(5e-10));
            Assert.That(fit.AncovaOnRanks.StandardError, Is.EqualTo(0.785478256).Within(5e-10));
            Assert.That(fit.AncovaOnRanks.Statistic, Is.EqualTo(4.482780694).Within(5e-10));
            Assert.That(fit.AncovaOnRanks.DegreesOfFreedom, Is.EqualTo(9));
            Assert.That(fit.AncovaOnRanks.PValue, Is.EqualTo(0.00152629744).Within(5e-12));
        }
    }

    // General and null standard errors, stratified and not; the strata of the stratified rows are cut from the baseline.
    [TestCaseSource(nameof(WinStatistics))]
    public void Fit_WinStatistics_MatchReference(object item)
    {
        var row = (ReferenceRow)item;
        string name = row.Text("dataset");
        bool isStratified = row.Text("strata") != "none";
        TrialData data = name.StartsWith("cafs", StringComparison.Ordinal) ? ReadCafs(name) : ReadHorizon(name);
        JointRankFit fit = new JointRank
        {
            Week = 30,
            Test = JointRankTest.WinRatio,
            StratifyBy = isStratified ? ["baselineClass"] : [],
        }.Fit(data);
        using (Assert.EnterMultipleScope())
        {
            CheckWin(fit.General.LogWinRatio, row, "logWinRatio", "logWinRatioSe");
            CheckWin(fit.UnderNull.LogWinRatio, row, "logWinRatio", "logWinRatioSeNull");
            CheckWin(fit.General.LogWinOdds, row, "logWinOdds", "logWinOddsSe");
            CheckWin(fit.UnderNull.LogWinOdds, row, "logWinOdds", "logWinOddsSeNull");
            CheckWin(fit.General.NetBenefit, row, "netBenefit", "netBenefitSe");
            CheckWin(fit.UnderNull.NetBenefit, row, "netBenefit", "netBenefitSeNull");
            CheckWin(fit.Unadjusted, row, "unadjusted", "unadjustedSe");
            Assert.That(fit.Unadjusted.Statistic, Nearly.Equal(row.Number("Z"), 1e-12));
            if (!double.IsNaN(row.Number("pExact")))
            {
                Assert.That(fit.ExactPermutation.PValue, Nearly.Equal(row.Number("pExact"), 1e-12));
            }
        }
    }

    [TestCaseSource(nameof(Exact))]
    public void ExactPermutation_LargerTrials_MatchesTheShiftAlgorithm(object item)
    {
        var row = (ReferenceRow)item;
        string name = row.Text("dataset");
        TrialData data = name.StartsWith("cafs", StringComparison.Ordinal) ? ReadCafs(name) : ReadHorizon(name);
        AnalysisResult result = new JointRank { Week = 30, Test = JointRankTest.ExactPermutation }.CreateWorker(data.Layout).Run(data);
        Assert.That(result.PValue, Nearly.Equal(row.Number("p"), 1e-10));
    }

    private static void CheckWin(AnalysisResult actual, ReferenceRow row, string estimate, string standardError)
    {
        double se = row.Number(standardError);
        Assert.That(actual.Status, Is.EqualTo(double.IsNaN(se) ? AnalysisStatus.NotEstimable : AnalysisStatus.Converged), standardError);
        Assert.That(actual.Estimate, Nearly.Equal(double.IsNaN(se) ? se : row.Number(estimate), 1e-12, 1e-2), estimate);
        Assert.That(actual.StandardError, Nearly.Equal(se, 1e-10), standardError);
    }

    private static object[] CompleteRows() => [.. Complete().Select(c => c.Arguments[0]!)];

    private static void Compare(ReferenceRow row, TrialData data, JointRank specification)
    {
        JointRankFit fit = specification.Fit(data);
        ReferenceFile scores = ReferenceFile.Read("joint-rank", "scores-" + row.Text("dataset"));
        double pairs = row.Number("nControl") * row.Number("nActive");
        bool hasVariance = row.Number("V") > 0;
        double se = Math.Sqrt(row.Number("V")) / pairs;
        JointRank unadjusted = specification with { Test = JointRankTest.Unadjusted };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fit.Participants, Is.EqualTo(Enumerable.Range(0, row.Count("n"))));
            Assert.That(fit.Scores.Select(s => (double)s), Is.EqualTo(scores.Numbers("score")));
            Assert.That(fit.Ranks, Is.EqualTo(scores.Numbers("rank")));
            Assert.That(fit.Wins, Is.EqualTo(row.Count("wins")));
            Assert.That(fit.Losses, Is.EqualTo(row.Count("losses")));
            Assert.That(fit.Ties, Is.EqualTo(row.Count("ties")));
            Assert.That(fit.WinRatio, Nearly.Equal(row.Number("winRatio"), 1e-14));
            Assert.That(fit.WinOdds, Nearly.Equal(row.Number("winOdds"), 1e-14));
            Assert.That(fit.NetBenefit, Nearly.Equal(row.Number("netBenefit"), 1e-14));
            Assert.That(fit.WinProbability, Nearly.Equal(row.Number("winProbability"), 1e-14));

            AnalysisResult u = fit.Unadjusted;
            Assert.That(u.Status, Is.EqualTo(hasVariance ? AnalysisStatus.Converged : AnalysisStatus.NotEstimable));
            Assert.That(u.Estimate, Nearly.Equal(hasVariance ? row.Number("netBenefit") : double.NaN, 1e-12));
            Assert.That(u.StandardError, Nearly.Equal(hasVariance ? se : double.NaN, 1e-12));
            Assert.That(u.Statistic, Nearly.Equal(row.Number("Z"), 1e-12));
            Assert.That(u.PValue, Nearly.Equal(row.Number("p"), 1e-10));

            AnalysisResult a = fit.AncovaOnRanks;
            double ancovaSe = row.Number("ancovaSe");
            Assert.That(
                a.Status, Is.EqualTo(double.IsNaN(ancovaSe) ? AnalysisStatus.NotEstimable : AnalysisStatus.Converged));
            Assert.That(a.Estimate, Nearly.Equal(row.Number("ancovaEstimate"), 1e-10, ancovaSe));
            Assert.That(a.StandardError, Nearly.Equal(ancovaSe, 1e-10));
            Assert.That(a.Statistic, Nearly.Equal(row.Number("ancovaT"), 1e-10, 1));
            Assert.That(a.PValue, Nearly.Equal(row.Number("ancovaP"), 1e-9));
            Assert.That(a.DegreesOfFreedom, a.IsUsable ? Is.EqualTo(row.Number("ancovaDf")) : Is.NaN);
            Assert.That(specification.CreateWorker(data.Layout).Run(data), Is.EqualTo(a));
            Assert.That(unadjusted.CreateWorker(data.Layout).Run(data), Is.EqualTo(u));
        }
    }

    internal static TrialData ReadHorizon(string name)
    {
        ReferenceFile file = ReferenceFile.Read("joint-rank", name);
        double[] days = file.Numbers("deathDay");
        double[] changes = file.Numbers("change");
        return Trial(
            file,
            [0, 30],
            [.. changes.Select(change => new[] { 0, change })],
            [.. days.Select(day => double.IsNaN(day) ? StudyTime.MonthsFromWeeks(30) : day / StudyTime.DaysPerMonth)],
            days);
    }

    // Months 1 to 6 are visits 1 to 6; the weeks of the layout only number them, and the horizon is behind every death.
    internal static TrialData ReadCafs(string name)
    {
        ReferenceFile file = ReferenceFile.Read("joint-rank", name);
        double[][] visits = [.. Enumerable.Range(1, 6).Select(v => file.Numbers("v" + v))];
        return Trial(
            file,
            [0, 5, 10, 15, 20, 25, 30],
            [.. file.Rows.Select((_, p) => (double[])[0, .. visits.Select(visit => visit[p])])],
            file.Numbers("followUpMonths"),
            file.Numbers("deathMonths"));
    }

    private static TrialData Trial(
        ReferenceFile file, double[] weeks, double[][] changes, double[] followUpMonths, double[] deaths)
    {
        byte[] arms = [.. file.Numbers("arm").Select(arm => (byte)arm)];
        return new PlainTrial
        {
            VisitWeeks = weeks,
            Arms = arms,
            Scores = changes,
            FollowUpMonths = followUpMonths,
            Ends = [.. deaths.Select(d => double.IsNaN(d) ? EventKind.OtherWithdrawal : EventKind.Death)],
            Columns =
            [
                new PlainColumn("baseline", [], file.Numbers("baseline")),
                new PlainColumn(
                    "baselineClass",
                    ["low", "middle", "high"],
                    [.. file.Numbers("baseline").Select(b => (b >= 34 ? 1.0 : 0) + (b >= 40 ? 1 : 0))]),
            ],
        }.ToData();
    }
}
