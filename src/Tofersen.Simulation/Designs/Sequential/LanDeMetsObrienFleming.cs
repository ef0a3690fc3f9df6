using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Lan and DeMets' spending function whose critical values are close to those of O'Brien and Fleming.</summary>
/// <remarks>One-sided: spent(t) = 2 (1 − Φ(z / √t)) with z the upper quantile at half the total. Reference: Lan and DeMets, Biometrika 70
/// (1983) 659–663.</remarks>
public sealed record LanDeMetsObrienFleming : SpendingFunction
{
    internal override double Partly(double informationFraction, double total) =>
        2 * NormalTail.Probability(NormalTail.Quantile(total / 2) / Math.Sqrt(informationFraction));
}
