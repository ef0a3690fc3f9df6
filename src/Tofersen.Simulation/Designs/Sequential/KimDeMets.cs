using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Kim and DeMets' power family of spending functions: spent(t) = total · t^ρ.</summary>
/// <remarks>Reference: Kim and DeMets, Biometrika 74 (1987) 149–154.</remarks>
public sealed record KimDeMets : SpendingFunction
{
    /// <summary>ρ, above 0 and at most 25; 1 is uniform spending, larger values save for the end.</summary>
    public required double Power { get; init => field = Require.Above(value, 0, 25); }

    internal override double Partly(double informationFraction, double total) => total * Math.Pow(informationFraction, Power);
}
