using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>A condition on rows of a table: one of some values in a column, or none of them.</summary>
public sealed record RowCondition
{
    /// <summary>A condition on one value.</summary>
    /// <param name="column">Name of the column.</param>
    /// <param name="value">The value that rows must have, as a text: "28" for a number. Empty for a missing value.</param>
    /// <param name="exclude">Whether rows with the value are left out instead.</param>
    public RowCondition(string column, string value, bool exclude = false)
        : this(column, [Require.NotNull(value)], exclude)
    {
    }

    /// <summary>A condition on several values.</summary>
    /// <param name="column">Name of the column.</param>
    /// <param name="values">The values of which rows must have one, as texts; at least one value.</param>
    /// <param name="exclude">Whether rows with one of the values are left out instead.</param>
    public RowCondition(string column, ValueList<string> values, bool exclude = false) =>
        (Column, Values, Exclude) = (column, values, exclude);

    /// <summary>Name of the column.</summary>
    public string Column { get; init => field = Require.Text(value); }

    /// <summary>The values of which rows must have one, as texts; empty texts for missing values. At least one.</summary>
    public ValueList<string> Values { get; init => field = Require.NotEmpty(value); }

    /// <summary>Whether rows with one of the values are left out instead.</summary>
    public bool Exclude { get; init; }
}
