namespace Tofersen.Simulation.Reporting.DataSets;

/// <summary>A value that a column may have, and what it stands for.</summary>
/// <param name="Code">The value as it is written.</param>
/// <param name="Meaning">What it stands for; the code again where that says it.</param>
public sealed record CodedValue(string Code, string Meaning);
