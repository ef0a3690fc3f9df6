using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Data of one's own in columns, one row a participant and visit, or one row a participant.</summary>
/// <remarks>Immutable. Rows that lack a value that an analysis needs do not count in it.</remarks>
public sealed class AnalysisTable
{
    private readonly Dictionary<string, TableColumn> _columns;

    // Rows of the data that this is a part of; null where it is all of them.
    private readonly int[]? _origin;

    // Line of the file that each row of the data came from; null where there is no file.
    private readonly int[]? _lines;

    private AnalysisTable(ValueList<TableColumn> columns, int rows, int[]? lines, int[]? origin = null)
    {
        _lines = lines;
        Columns = columns;
        Rows = rows;
        _origin = origin;
        _columns = columns.ToDictionary(c => c.Name, StringComparer.Ordinal);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>The columns, in order.</summary>
    public ValueList<TableColumn> Columns { get; }

    /// <summary>The column of a name.</summary>
    /// <param name="name">The name; upper and lower case differ.</param>
    /// <exception cref="AnalysisDataException">There is no such column.</exception>
    public TableColumn this[string name] => _columns.TryGetValue(name, out TableColumn? column)
        ? column
        : throw new AnalysisDataException(
            $"There is no column '{name}'; there are {Names.List(Columns.Select(c => c.Name))}.{NearestName.Hint(name, Columns.Select(c => c.Name))}");

    /// <summary>Makes a table.</summary>
    /// <param name="columns">The columns: at least one, of the same number of rows, each of another name.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There is no column, two have one name, or their lengths differ.</exception>
    public static AnalysisTable FromColumns(IEnumerable<TableColumn> columns) => FromColumns(columns, []);

    /// <summary>Makes a table of rows that came from a file.</summary>
    /// <param name="columns">The columns: at least one, of the same number of rows, each of another name.</param>
    /// <param name="lines">The line of the file that each row came from, from 1, for messages; empty where there is none.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">There is no column, two have one name, or their lengths or that of the lines differ.</exception>
    public static AnalysisTable FromColumns(IEnumerable<TableColumn> columns, ReadOnlySpan<int> lines)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ValueList<TableColumn> list = [.. columns];
        if (list.Count == 0)
        {
            throw new ArgumentException("A table needs at least one column.", nameof(columns));
        }

        foreach (TableColumn column in list)
        {
            Require.SameLength(column.Rows, list[0].Rows, column.Name, list[0].Name);
        }

        if (lines.Length > 0)
        {
            Require.SameLength(lines.Length, list[0].Rows, nameof(lines), list[0].Name);
        }

        string? twice = list.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null
            ? new AnalysisTable(list, list[0].Rows, lines.Length > 0 ? lines.ToArray() : null)
            : throw new ArgumentException($"Two columns are called '{twice}'.", nameof(columns));
    }

    /// <summary>The rows that meet a condition.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>A table of those rows.</returns>
    /// <exception cref="AnalysisDataException">There is no such column, or no row meets the condition.</exception>
    public AnalysisTable Where(RowCondition condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        TableColumn column = this[condition.Column];
        HashSet<string> values = [.. condition.Values.Select(column.Normal)];
        int[] rows = [.. Enumerable.Range(0, Rows).Where(i => values.Contains(column.TextAt(i)) != condition.Exclude)];
        if (condition.Exclude && rows.Length == 0)
        {
            throw new AnalysisDataException($"Column '{condition.Column}' has no other value than {Names.Quoted(condition.Values)}.");
        }

        // One that is never there is probably misspelt, whether rows with it are chosen or left out.
        HashSet<string> found = [.. Enumerable.Range(0, Rows).Select(column.TextAt)];
        string[] never = [.. condition.Values.Where(v => !found.Contains(column.Normal(v)))];
        if (never.Length > 0)
        {
            throw new AnalysisDataException(
                $"Column '{condition.Column}' never has the value {Names.Quoted(never)}; it has {Names.List(column.Values())}.{NearestName.Hint(never[0], column.Values())}");
        }

        return new AnalysisTable(
            [.. Columns.Select(c => c.IsText
                ? TableColumn.OfTexts(c.Name, [.. rows.Select(c.TextAt)], c.HasDecimalCommas).AsNumbers(areDue: false)
                : TableColumn.OfNumbers(c.Name, [.. rows.Select(i => c.Numbers[i])]))],
            rows.Length,
            _lines,
            [.. rows.Select(Origin)]);
    }

    /// <summary>The table with one more column.</summary>
    internal AnalysisTable With(TableColumn column) => new([.. Columns, column], Rows, _lines, _origin);

    /// <summary>Number of a row for messages: counted from 1 in the data as they came, and the line where they came from a file.</summary>
    internal string RowNumber(int row)
    {
        int origin = Origin(row);
        return _lines is null
            ? FormattableString.Invariant($"{origin + 1}")
            : FormattableString.Invariant($"{origin + 1} (line {_lines[origin]})");
    }

    /// <summary>A column of numbers.</summary>
    internal TableColumn NumbersOf(string name, string use)
    {
        TableColumn column = this[name].AsNumbers(areDue: true);
        if (!column.IsText)
        {
            return column;
        }

        int[] wrong = [.. Enumerable.Range(0, Rows).Where(i => !column.IsMissing(i) && !column.TryRead(column.TextAt(i), out _))];
        string more = wrong.Length switch
        {
            1 => "",
            2 => $"; one more value is no number, in row {RowNumber(wrong[1])}",
            _ => FormattableString.Invariant($"; {wrong.Length - 1} more values are no numbers, the next in row {RowNumber(wrong[1])}"),
        };
        string first = column.TextAt(wrong[0]);
        throw new AnalysisDataException(
            $"Column '{name}', the {use}, holds '{first}' in row {RowNumber(wrong[0])}, where a number is due{more}.{HintAt(first)}");
    }

    // What a text that should be a number may have been meant for.
    private static string HintAt(string text) => text.Contains(',', StringComparison.Ordinal) && TableColumn.TryNumber(TableColumn.WithPoint(text), out _)
        ? " Decimal commas are read where semicolons separate the fields."
        : text.Length is >= 8 and <= 11 && DateTime.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _)
            ? " It looks like a date; times are numbers, such as days since randomisation."
            : "";

    private int Origin(int row) => _origin is null ? row : _origin[row];
}
