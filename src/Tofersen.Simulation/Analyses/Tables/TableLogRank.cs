using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Log-rank test of a table: one row a participant.</summary>
/// <remarks>Each arm against the control. The estimate is the one-step log hazard ratio (O − E) / V; the statistic is a signed z, positive
/// when the arm does better than the control. Its square is the chi-squared of R's <c>survdiff</c>.</remarks>
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

        return engine.Sum().Test(CriticalValue, entries.Length);
    }
}
