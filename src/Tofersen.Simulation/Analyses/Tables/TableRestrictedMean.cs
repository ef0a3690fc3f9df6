using Tofersen.Simulation.Analyses.Survival;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Differences of restricted mean survival times in a table: one row a participant.</summary>
/// <remarks>Each arm against the control, in the unit of the times; see <see cref="RestrictedMeanSurvival"/>.</remarks>
public sealed record TableRestrictedMean : TableTimeToEvent
{
    /// <inheritdoc/>
    public override string Method => "restrictedMean";

    /// <summary>The horizon, in the unit of the times; above 0.</summary>
    public required double Horizon { get; init => field = Require.Above(value, 0, 1e9); }

    private protected override TableResult AnalyseRows(AnalysisTable table) => ComparePairs(table, [], Test);

    private AnalysisResult Test(EventTime[] entries, int strata, bool[] isActive)
    {
        var control = new RestrictedMeanEngine(entries.Length);
        var active = new RestrictedMeanEngine(entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            (isActive[i] ? active : control).Add(entries[i].Time, entries[i].IsEvent);
        }

        return RestrictedMeanEngine.Compare(control.Estimate(Horizon), active.Estimate(Horizon), CriticalValue, entries.Length);
    }
}
