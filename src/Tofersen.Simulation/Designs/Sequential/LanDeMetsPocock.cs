namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Lan and DeMets' spending function whose critical values are close to those of Pocock.</summary>
/// <remarks>spent(t) = total · ln(1 + (e − 1) t). Reference: Lan and DeMets, Biometrika 70 (1983) 659–663.</remarks>
public sealed record LanDeMetsPocock : SpendingFunction
{
    internal override double Partly(double informationFraction, double total) =>
        total * double.LogP1((Math.E - 1) * informationFraction);
}
