namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Pocock's shape: the same critical value at every look.</summary>
/// <remarks>Reference: Pocock, Biometrika 64 (1977) 191–199; for unequal fractions the same formula is used.</remarks>
public sealed record Pocock : ClassicShape
{
    internal override bool HasConstant => true;

    internal override double CriticalValue(double informationFraction, double constant) => constant;
}
