namespace Tofersen.Simulation.Analyses;

/// <summary>A named number of a fit with its standard error; both NaN where the data do not determine it.</summary>
/// <param name="Name">Name of the coefficient or mean.</param>
/// <param name="Estimate">Its value.</param>
/// <param name="StandardError">Its standard error.</param>
public readonly record struct Coefficient(string Name, double Estimate, double StandardError);
