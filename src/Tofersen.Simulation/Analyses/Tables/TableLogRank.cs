using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Log-rank test of a table: one row a participant.</summary>
/// <remarks>Each arm against the control. The estimate is the one-step log hazard ratio (O − E) / V; the statistic is a signed z, (O − E) / √V, of the
/// same sign: negative when the arm has fewer events than expected. Its square is the chi-squared of R's <c>survdiff</c>.</remarks>
public sealed record TableLogRank : TableTimeToEvent
{
    /// <inheritdoc/>
    public override string Method => "logRank";

    /// <summary>Columns whose combinations make the strata of the test; none by default.</summary>
    public ValueList<string> Strata { get; init => field = Require.NotNull(value); } = [];

    private protected override TableResult AnalyseRows(AnalysisTable table) => ComparePairs(table, Strata, Test);

    private AnalysisResult Test(EventTime[] entries, int strata, bool[] isActive)
    {
        var engine = new LogRankEngine(entries.Length, strata);
        for (int i = 0; i < entries.Length; i++)
        {
            engine.Add(entries[i], isActive[i]);
        }

        AnalysisResult result = engine.Sum().Test(CriticalValue, entries.Length);
        return result with { Statistic = 0 - result.Statistic };
    }
}
