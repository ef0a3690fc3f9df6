using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>One end of a tornado's bar.</summary>
/// <param name="Value">Value of the axis; null for the scenario as it is.</param>
/// <param name="Power">Power there.</param>
public readonly record struct TornadoEnd(PropertyValue? Value, double Power);
