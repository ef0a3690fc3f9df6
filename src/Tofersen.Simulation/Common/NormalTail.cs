using MathNet.Numerics;

namespace Tofersen.Simulation.Common;

/// <summary>The standard normal distribution by its upper tail, which keeps its digits far out.</summary>
internal static class NormalTail
{
    private const double InverseRootTwoPi = 0.398942280401432677939946;

    /// <summary>From here on the lower tail is all but 1, in double precision.</summary>
    private const double AllBut = 9;

    /// <summary>From here on the upper tail is below 10⁻³⁰⁰.</summary>
    private const double Nothing = 37;

    /// <summary>φ(z).</summary>
    internal static double Density(double z) => InverseRootTwoPi * Math.Exp(-0.5 * z * z);

    /// <summary>P(Z ≥ z); infinities allowed.</summary>
    internal static double Probability(double z) => z switch
    {
        > Nothing => 0,
        < -AllBut => 1,
        _ => 0.5 * SpecialFunctions.Erfc(z * (1 / Math.Sqrt(2))),
    };

    /// <summary>The z with P(Z ≥ z) = <paramref name="probability"/>, which lies in (0, 1) and is at least 10⁻³⁰⁰.</summary>
    /// <remarks>Newton steps on the logarithm of the smaller tail polish the library's value to the last digits.</remarks>
    internal static double Quantile(double probability)
    {
        if (probability > 0.5)
        {
            return -Quantile(1 - probability);
        }

        double z = Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * probability);
        for (int i = 0; i < 2; i++)
        {
            double tail = Probability(z);
            z += tail * Math.Log(tail / probability) / Density(z);
        }

        return z;
    }
}
