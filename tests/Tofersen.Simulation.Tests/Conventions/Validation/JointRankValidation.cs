using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Joint ranks and win statistics beside a double loop over all pairs, lm and a permutation test in R.</summary>
internal static class JointRankValidation
{
    private const string Folder = "joint-rank";

    private static readonly Agreement Ranks = new("statistics of ranks and of wins, their standard errors", 1e-10);

    private static readonly Agreement Probabilities = new("p values", 1e-9);

    private static readonly string[] Shown = ["horizon-ties108", "cafs-scattered108"];

    internal static ValidationSection Section()
    {
        var section = new ValidationSection(
            "Joint rank and win statistics", "all pairs in a double loop, lm of the ranks and coin", Folder);
        foreach (ReferenceRow row in ReferenceFile.Read(Folder, "summary-horizon").Rows
            .Concat(ReferenceFile.Read(Folder, "summary-cafs").Rows))
        {
            string name = row.Text("dataset");
            Ranking(section.Of(name, Shown.Contains(name)), row, new JointRank { Week = 30 }.Fit(Trial(name)));
        }

        foreach (ReferenceRow row in ReferenceFile.Read(Folder, "win-statistics").Rows)
        {
            string strata = row.Text("strata");
            var analysis = new JointRank
            {
                Week = 30,
                Test = JointRankTest.WinRatio,
                StratifyBy = strata == "none" ? [] : ["baselineClass"],
            };
            bool isShown = row.Text("dataset") == "cafs-scattered108" && strata != "none";
            Wins(
                section.Of($"{row.Text("dataset")}{(strata == "none" ? "" : ", stratified")}", isShown),
                row,
                analysis.Fit(Trial(row.Text("dataset"))));
        }

        foreach (ReferenceRow row in ReferenceFile.Read(Folder, "exact").Rows)
        {
            TrialData data = Trial(row.Text("dataset"));
            var analysis = new JointRank { Week = 30, Test = JointRankTest.ExactPermutation };
            section.Of(row.Text("dataset"), Shown.Contains(row.Text("dataset"))).Compare(
                "exact permutation p", row.Number("p"), analysis.CreateWorker(data.Layout).Run(data).PValue, Probabilities);
        }

        return section;
    }

    private static void Ranking(ValidationRows rows, ReferenceRow row, JointRankFit fit)
    {
        ReferenceFile scores = ReferenceFile.Read(Folder, "scores-" + row.Text("dataset"));
        for (int p = 0; p < scores.Rows.Count; p++)
        {
            rows.Count(scores.Rows[p].Number("score"), fit.Scores[p], Agreement.Counts);
            rows.Count(scores.Rows[p].Number("rank"), fit.Ranks[p], Agreement.Counts);
        }

        rows.Compare("wins", row.Number("wins"), fit.Wins, Agreement.Counts);
        rows.Compare("losses", row.Number("losses"), fit.Losses, Agreement.Counts);
        rows.Compare("ties", row.Number("ties"), fit.Ties, Agreement.Counts);
        rows.Compare("win ratio", row.Number("winRatio"), fit.WinRatio, Ranks);
        rows.Count(row.Number("winOdds"), fit.WinOdds, Ranks);
        rows.Count(row.Number("netBenefit"), fit.NetBenefit, Ranks);
        rows.Count(row.Number("winProbability"), fit.WinProbability, Ranks);
        rows.Compare("Z, unadjusted", row.Number("Z"), fit.Unadjusted.Statistic, Ranks);
        rows.Count(row.Number("p"), fit.Unadjusted.PValue, Probabilities);
        double se = row.Number("ancovaSe");
        rows.Compare("effect on ranks, adjusted", row.Number("ancovaEstimate"), fit.AncovaOnRanks.Estimate, Ranks, se);
        rows.Compare("its standard error", se, fit.AncovaOnRanks.StandardError, Ranks);
        rows.Count(row.Number("ancovaT"), fit.AncovaOnRanks.Statistic, Ranks, 1);
        rows.Compare("its p", row.Number("ancovaP"), fit.AncovaOnRanks.PValue, Probabilities);
    }

    private static void Wins(ValidationRows rows, ReferenceRow row, JointRankFit fit)
    {
        Win("log win ratio", "logWinRatio", "logWinRatioSe", fit.General.LogWinRatio);
        Win("", "logWinRatio", "logWinRatioSeNull", fit.UnderNull.LogWinRatio);
        Win("log win odds", "logWinOdds", "logWinOddsSe", fit.General.LogWinOdds);
        Win("", "logWinOdds", "logWinOddsSeNull", fit.UnderNull.LogWinOdds);
        Win("net benefit", "netBenefit", "netBenefitSe", fit.General.NetBenefit);
        Win("", "netBenefit", "netBenefitSeNull", fit.UnderNull.NetBenefit);
        Win("", "unadjusted", "unadjustedSe", fit.Unadjusted);
        rows.Count(row.Number("Z"), fit.Unadjusted.Statistic, Ranks);
        if (!double.IsNaN(row.Number("pExact")))
        {
            rows.Count(row.Number("pExact"), fit.ExactPermutation.PValue, Probabilities);
        }

        void Win(string quantity, string estimate, string standardError, AnalysisResult ours)
        {
            // No estimate counts without its standard error.
            double se = row.Number(standardError);
            double reference = double.IsNaN(se) ? se : row.Number(estimate);
            if (quantity.Length > 0)
            {
                rows.Compare(quantity, reference, ours.Estimate, Ranks, 1e-2);
                rows.Compare("its standard error", se, ours.StandardError, Ranks);
            }
            else
            {
                rows.Count(reference, ours.Estimate, Ranks, 1e-2);
                rows.Count(se, ours.StandardError, Ranks);
            }
        }
    }

    private static TrialData Trial(string name) => name.StartsWith("cafs", StringComparison.Ordinal)
        ? JointRankReferenceTests.ReadCafs(name)
        : JointRankReferenceTests.ReadHorizon(name);
}
