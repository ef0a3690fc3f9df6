namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>O'Brien and Fleming's shape: the critical value at information fraction t is c / √t, very high at first.</summary>
/// <remarks>Reference: O'Brien and Fleming, Biometrics 35 (1979) 549–556; for unequal fractions the same formula is used.</remarks>
public sealed record ObrienFleming : ClassicShape
{
    internal override bool HasConstant => true;

    internal override double CriticalValue(double informationFraction, double constant) =>
        constant / Math.Sqrt(informationFraction);
}
