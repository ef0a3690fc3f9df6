using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>A row of numbers below a panel, each at a place of the horizontal axis.</summary>
/// <param name="Label">Whose numbers they are.</param>
/// <param name="Series">Number of the series, which decides the colour.</param>
/// <param name="Numbers">Place on the axis and what is written there.</param>
public sealed record NumberRow(string Label, int Series, ValueList<AxisTick> Numbers);
