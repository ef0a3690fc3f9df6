using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Hwang, Shih and DeCani's family of spending functions: spent(t) = total · (1 − e^(−γ t)) / (1 − e^(−γ)).</summary>
/// <remarks>γ = −4 is close to O'Brien and Fleming, 1 to Pocock, 0 uniform. Reference: Hwang, Shih and DeCani, Statistics in Medicine 9
/// (1990) 1439–1445.</remarks>
public sealed record HwangShihDeCani : SpendingFunction
{
    /// <summary>γ, from −40 to 40; smaller values save for the end.</summary>
    public required double Gamma { get; init => field = Require.InRange(value, -40, 40); }

    internal override double Partly(double informationFraction, double total) => Gamma == 0
        ? total * informationFraction
        : total * double.ExpM1(-Gamma * informationFraction) / double.ExpM1(-Gamma);
}
