namespace Tofersen.Simulation.Analyses;

/// <summary>A coefficient pooled over imputations.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Pooling">Estimate, variances and degrees of freedom; those of an aliased coefficient are NaN.</param>
public readonly record struct PooledCoefficient(string Name, RubinPooling Pooling);
