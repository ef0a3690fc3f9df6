namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>A value with an interval.</summary>
/// <param name="At">Place on the axis that the values do not lie along.</param>
/// <param name="Value">The value; NaN for an interval without a point.</param>
/// <param name="Lower">Lower end of the interval; NaN for none.</param>
/// <param name="Upper">Upper end of the interval; NaN for none.</param>
/// <param name="Title">Shown when pointed at.</param>
public readonly record struct IntervalPoint(double At, double Value, double Lower, double Upper, string Title);
