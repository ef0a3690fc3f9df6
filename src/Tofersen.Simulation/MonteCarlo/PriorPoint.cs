namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A point of a <see cref="DiscreteDistribution"/>.</summary>
/// <param name="Value">The value.</param>
/// <param name="Weight">Its weight, above 0; weights need not sum to 1.</param>
public readonly record struct PriorPoint(double Value, double Weight);
