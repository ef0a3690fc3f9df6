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

    /// <summary>Number of different values of a column in some rows.</summary>
    internal static int Distinct(TableColumn column, int[] rows) => column.IsText
        ? rows.Select(i => column.Codes[i]).Distinct().Count()
        : rows.Select(i => column.Numbers[i]).Distinct().Count();
}
