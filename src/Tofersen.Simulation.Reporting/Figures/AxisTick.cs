namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>A place on an axis and what is written there.</summary>
/// <param name="Value">The place.</param>
/// <param name="Text">The text.</param>
public readonly record struct AxisTick(double Value, string Text);
