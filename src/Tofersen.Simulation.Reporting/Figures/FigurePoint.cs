namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>A point of a panel, in the units of its axes.</summary>
/// <param name="X">Place on the horizontal axis.</param>
/// <param name="Y">Place on the vertical axis; NaN for a gap.</param>
public readonly record struct FigurePoint(double X, double Y);
