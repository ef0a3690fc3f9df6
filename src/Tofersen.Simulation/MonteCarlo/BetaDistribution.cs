using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A beta distribution on an interval.</summary>
public sealed record BetaDistribution : IPriorDistribution
{
    private const int Halvings = 60;

    /// <summary>First shape: with b, mean a / (a + b) of the way from the lower to the upper limit; from 0.05 to 10⁵.</summary>
    public required double A { get; init => field = Require.InRange(value, 0.05, 1e5); }

    /// <summary>Second shape; from 0.05 to 10⁵.</summary>
    public required double B { get; init => field = Require.InRange(value, 0.05, 1e5); }

    /// <summary>Lower limit; 0 by default, within ±10⁹.</summary>
    public double Minimum { get; init => field = Require.InRange(value, -1e9, 1e9); }

    /// <summary>Upper limit; 1 by default, above the lower one, within ±10⁹.</summary>
    public double Maximum { get; init => field = Require.InRange(value, -1e9, 1e9); } = 1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The limits are not in order.</exception>
    public double Quantile(double probability)
    {
        Require.Probability(probability, nameof(probability));
        Require.Above(Maximum, Minimum, 1e9, nameof(Maximum));
        double share = probability is 0 or 1 ? probability : Share(probability);
        return Math.Clamp(Minimum + (share * (Maximum - Minimum)), Minimum, Maximum);
    }

    /// <inheritdoc/>
    public override string ToString() => Minimum == 0 && Maximum == 1
        ? FormattableString.Invariant($"beta({A},{B})")
        : FormattableString.Invariant($"beta({A},{B},min={Minimum},max={Maximum})");

    // Newton's steps on the distribution function, which is monotone, kept within a bracket that they narrow.
    private double Share(double probability)
    {
        double low = 0;
        double high = 1;
        double x = A / (A + B);
        for (int i = 0; i < Halvings; i++)
        {
            double excess = SpecialFunctions.BetaRegularized(A, B, x) - probability;
            (low, high) = excess > 0 ? (low, x) : (x, high);
            double next = x - (excess / Beta.PDF(A, B, x));
            next = next > low && next < high ? next : 0.5 * (low + high);
            if (Math.Abs(next - x) <= 1e-15 * Math.Min(x, 1 - x))
            {
                return next;
            }

            x = next;
        }

        return x;
    }
}
