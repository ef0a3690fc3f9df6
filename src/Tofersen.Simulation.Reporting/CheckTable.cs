using Tofersen.Simulation.Calibrations;

namespace Tofersen.Simulation.Reporting;

/// <summary>Published results beside simulated ones as a table.</summary>
public static class CheckTable
{
    /// <summary>Makes the table.</summary>
    /// <param name="results">The results of a check.</param>
    /// <returns>A table with a row for each target.</returns>
    public static TextTable Make(IEnumerable<CalibrationResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        var table = new TextTable("target", "published", "accepted", "simulated", "");
        foreach (CalibrationResult result in results)
        {
            table.Row([.. Cells(result), result.IsInside ? "inside" : "OUTSIDE"]);
        }

        return table;
    }

    /// <summary>A target, what was published, what is accepted and what was simulated.</summary>
    internal static string[] Cells(CalibrationResult result)
    {
        CalibrationTarget target = result.Target;
        int decimals = target.Kind is TargetKind.Function or TargetKind.Spread ? 2 : 3;
        return
        [
            target.Unit.Length > 0 ? $"{target.Name} ({target.Unit})" : target.Name,
            TextTable.Number(target.Published, decimals),
            $"{TextTable.Number(target.Minimum, decimals)} to {TextTable.Number(target.Maximum, decimals)}",
            TextTable.WithError(result.Simulated.Value, result.Simulated.MonteCarloError, decimals),
        ];
    }
}
