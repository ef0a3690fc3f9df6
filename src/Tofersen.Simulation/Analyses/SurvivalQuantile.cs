namespace Tofersen.Simulation.Analyses;

/// <summary>A quantile of a survival curve with its limits; NaN where the curve does not come down to it.</summary>
/// <param name="Time">The quantile.</param>
/// <param name="Lower">Lower limit.</param>
/// <param name="Upper">Upper limit.</param>
public readonly record struct SurvivalQuantile(double Time, double Lower, double Upper);
