using System.Globalization;
using Tofersen.Simulation.Analyses.Tables;

namespace Tofersen.Simulation.Calibrations.NaturalHistories;

/// <summary>Times of visits from their names: Baseline, Week 4, Month 2, Day 15.</summary>
internal static class VisitNames
{
    internal static double ToMonths(TableColumn column, int row, string number)
    {
        string name = column.TextAt(row);
        string[] words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [{ } only] && only.Equals("baseline", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        TimeUnit? unit = words is [{ } first, _] ? first.ToUpperInvariant() switch
        {
            "WEEK" => TimeUnit.Weeks,
            "MONTH" => TimeUnit.Months,
            "DAY" => TimeUnit.StudyDays,
            _ => null,
        }
        : null;
        return unit is { } known && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double time)
            && double.IsFinite(time)
            ? ScoreColumns.ToMonths(time, known)
            : throw new AnalysisDataException(FormattableString.Invariant(
                $"Column '{column.Name}' holds '{name}' in row {number}; a visit must be called Baseline, Week n, Month n or Day n."));
    }
}
