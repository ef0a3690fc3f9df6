using System.Text.RegularExpressions;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>A column in a model: a number, or a factor whose first level is the reference.</summary>
internal sealed partial class ModelVariable
{
    // A column of so many different numbers, and so many for each text, is one of numbers with slips in it.
    private const int FewestNumbers = 5;
    private const int NumbersToText = 5;

    private readonly double[] _values;

    // What people and programs write for numbers and this reader does not take: decimal commas, separators of thousands, per cent, exponents with D.
    [GeneratedRegex(@"^[-+−]?[0-9][0-9.,'’\s]*(%|[dD][-+]?[0-9]+)?$")]
    private static partial Regex OtherNumber();

    private ModelVariable(string name, double[] values, string[] levels)
    {
        Name = name;
        _values = values;
        Levels = levels;
    }

    internal string Name { get; }

    internal string[] Levels { get; }

    internal bool IsFactor => Levels.Length > 0;

    /// <summary>The number of a row, or the position of its level; counted in the rows that the model uses.</summary>
    internal double this[int row] => _values[row];

    /// <summary>Text columns are factors with levels in ordinal order, others numbers.</summary>
    /// <exception cref="AnalysisDataException">A text column is one of numbers but for a few texts.</exception>
    internal static ModelVariable Covariate(AnalysisTable table, TableColumn column, int[] rows)
    {
        if (!column.IsText)
        {
            return new ModelVariable(column.Name, [.. rows.Select(i => column.Numbers[i])], []);
        }

        ModelVariable factor = Factor(column, rows, reference: null, naturalOrder: false);
        string[] texts = [.. factor.Levels.Where(level => !column.TryRead(level, out _))];
        string[] unread = [.. texts.Where(level => OtherNumber().IsMatch(level))];
        if (unread.Length >= FewestNumbers && 2 * unread.Length >= factor.Levels.Length)
        {
            int first = Array.Find(rows, row => unread.Contains(column.TextAt(row)));
            throw new AnalysisDataException(FormattableString.Invariant(
                $"Column '{column.Name}' holds '{column.TextAt(first)}' in row {table.RowNumber(first)}, which is not read as a number, and would be a factor of {factor.Levels.Length} levels. Numbers have a decimal point (or a decimal comma where semicolons separate the fields), no separators of thousands and no signs of per cent; begin codes with a letter."));
        }

        int numbers = factor.Levels.Length - texts.Length;
        if (texts.Length == 0 || numbers < FewestNumbers || numbers < NumbersToText * texts.Length)
        {
            return factor;
        }

        int slip = Array.Find(rows, row => texts.Contains(column.TextAt(row)));
        throw new AnalysisDataException(FormattableString.Invariant(
            $"Column '{column.Name}' holds '{column.TextAt(slip)}' in row {table.RowNumber(slip)} among {numbers} different numbers, which would make it a factor of {factor.Levels.Length} levels. Leave the cell empty where the number is missing; begin codes with a letter."));
    }

    /// <summary>A factor, whatever the column holds. Numbers are ordered by size.</summary>
    /// <param name="column">The column.</param>
    /// <param name="rows">The rows that the model uses; levels that they do not have are left out.</param>
    /// <param name="reference">The first level; the first in order where null.</param>
    /// <param name="naturalOrder">Whether runs of digits in texts count as numbers: week 4 before week 12.</param>
    internal static ModelVariable Factor(TableColumn column, int[] rows, string? reference, bool naturalOrder)
    {
        string[] levels;
        if (column.IsText)
        {
            IEnumerable<string> used = rows.Select(i => column.Codes[i]).Distinct().Order().Select(code => column.Levels[code]);
            levels = naturalOrder ? [.. used.Order(NaturalOrder.Instance)] : [.. used];
        }
        else
        {
            levels = [.. rows.Select(i => column.Numbers[i]).Distinct().Order().Select(TableColumn.TextOf).Distinct()];
        }

        if (reference is not null)
        {
            reference = column.Normal(reference);
            if (!levels.Contains(reference))
            {
                throw new AnalysisDataException(
                    $"Column '{column.Name}' never has the value '{reference}' in the rows that count; it has {Names.List(levels)}.");
            }

            levels = [reference, .. levels.Where(l => l != reference)];
        }

        var positions = levels.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        return new ModelVariable(column.Name, [.. rows.Select(i => (double)positions[column.TextAt(i)])], levels);
    }
}
