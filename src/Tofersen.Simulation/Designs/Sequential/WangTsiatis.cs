using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>The family of Wang and Tsiatis: the critical value at information fraction t is c · t^(δ − ½).</summary>
/// <remarks>δ = 0 is O'Brien and Fleming's shape, δ = ½ Pocock's. Reference: Wang and Tsiatis, Biometrics 43 (1987) 193–199.</remarks>
public sealed record WangTsiatis : ClassicShape
{
    /// <summary>δ, from −0.5 (all but no chance to stop early) to 1 (critical values that rise).</summary>
    public required double Delta { get; init => field = Require.InRange(value, -0.5, 1); }

    internal override bool HasConstant => true;

    internal override double CriticalValue(double informationFraction, double constant) =>
        constant * Math.Pow(informationFraction, Delta - 0.5);
}
