namespace Tofersen.Simulation.Analyses;

/// <summary>A fixed effect of a random-slope model with its t test; all numbers NaN where the data do not determine it.</summary>
/// <param name="Name">Name of the coefficient.</param>
/// <param name="Estimate">Its value; of interactions with time in points per month.</param>
/// <param name="StandardError">Its standard error; adjusted under Kenward and Roger's method.</param>
/// <param name="DegreesOfFreedom">Degrees of freedom of its t distribution.</param>
/// <param name="Statistic">Estimate over standard error.</param>
/// <param name="PValue">Two-sided p value.</param>
public readonly record struct RandomSlopeCoefficient(
    string Name, double Estimate, double StandardError, double DegreesOfFreedom, double Statistic, double PValue);
