namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>A column in a model: a number, or a factor whose first level is the reference.</summary>
internal sealed class ModelVariable
{
    private readonly double[] _values;

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
    internal static ModelVariable Covariate(TableColumn column, int[] rows) => column.IsText
        ? Factor(column, rows, reference: null, naturalOrder: false)
        : new ModelVariable(column.Name, [.. rows.Select(i => column.Numbers[i])], []);

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
