namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>A condition on rows of a table.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Value">The value that it must have, as a text: "28" for a number. Empty for a missing value.</param>
/// <param name="Exclude">Whether rows with the value are left out instead.</param>
public sealed record RowCondition(string Column, string Value, bool Exclude = false);
