namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A simulated quantity with its Monte Carlo standard error.</summary>
/// <param name="Value">The value.</param>
/// <param name="MonteCarloError">Its Monte Carlo standard error.</param>
public readonly record struct MonteCarloValue(double Value, double MonteCarloError);
