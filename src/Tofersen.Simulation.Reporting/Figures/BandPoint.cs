namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Limits at one place.</summary>
/// <param name="X">Place on the horizontal axis.</param>
/// <param name="Lower">Lower limit.</param>
/// <param name="Upper">Upper limit.</param>
public readonly record struct BandPoint(double X, double Lower, double Upper);
