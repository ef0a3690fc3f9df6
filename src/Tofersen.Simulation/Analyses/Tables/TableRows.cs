namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>The rows of a table that have everything that an analysis needs.</summary>
internal static class TableRows
{
    /// <summary>Rows without a missing value in any of the columns.</summary>
    /// <exception cref="AnalysisDataException">There is no such row.</exception>
    internal static int[] Complete(AnalysisTable table, IEnumerable<TableColumn> columns)
    {
        TableColumn[] needed = [.. columns.Distinct()];
        int[] rows = [.. Enumerable.Range(0, table.Rows).Where(i => !Array.Exists(needed, c => c.IsMissing(i)))];
        if (rows.Length > 0)
        {
            return rows;
        }

        string? empty = needed.FirstOrDefault(c => Enumerable.Range(0, table.Rows).All(c.IsMissing))?.Name;
        throw new AnalysisDataException(empty is null
            ? $"No row has a value in each of {string.Join(", ", needed.Select(c => c.Name))}."
            : $"Column '{empty}' has no values.");
    }

    /// <summary>The arms as a factor with the control first.</summary>
    /// <exception cref="AnalysisDataException">There are fewer than two, or none is the control.</exception>
    internal static ModelVariable Arms(TableColumn column, int[] rows, string? control)
    {
        ModelVariable arms = ModelVariable.Factor(column, rows, control, naturalOrder: false);
        return arms.Levels.Length > 1
            ? arms
            : throw new AnalysisDataException(
                $"Column '{column.Name}' has one arm, '{arms.Levels[0]}', in the rows that count; a comparison needs two.");
    }

    /// <summary>A number of a row, within a range.</summary>
    /// <exception cref="AnalysisDataException">It lies outside.</exception>
    internal static double InRange(AnalysisTable table, TableColumn column, int row, double minimum, double maximum)
    {
        double value = column.Numbers[row];
        string range = maximum < double.MaxValue ? $"between {minimum} and {maximum}" : $"at least {minimum}";
        return value >= minimum && value <= maximum
            ? value
            : throw new AnalysisDataException(FormattableString.Invariant(
                $"Column '{column.Name}' holds {value} in row {table.RowNumber(row)}; it must be {range}."));
    }

    /// <summary>The values of some columns in a row as one text, another one for other values.</summary>
    /// <remarks>The separator is a character that no text of a table is likely to hold.</remarks>
    internal static string Combination(TableColumn[] columns, int row) => string.Join('\u001f', columns.Select(c => c.TextAt(row)));

    /// <summary>Number of different values of a column in some rows.</summary>
    internal static int Distinct(TableColumn column, int[] rows) => column.IsText
        ? rows.Select(i => column.Codes[i]).Distinct().Count()
        : rows.Select(i => column.Numbers[i]).Distinct().Count();
}
