using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A triangular distribution: its density rises straight from the lower limit to the mode and falls straight to the upper limit.</summary>
public sealed record TriangularDistribution : IPriorDistribution
{
    /// <summary>Lower limit; within ±10⁹.</summary>
    public required double Minimum { get; init => field = Require.InRange(value, -1e9, 1e9); }

    /// <summary>Most likely value; from the lower to the upper limit.</summary>
    public required double Mode { get; init => field = Require.InRange(value, -1e9, 1e9); }

    /// <summary>Upper limit; above the lower one, within ±10⁹.</summary>
    public required double Maximum { get; init => field = Require.InRange(value, -1e9, 1e9); }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The numbers are not in order.</exception>
    public double Quantile(double probability)
    {
        Require.Probability(probability, nameof(probability));
        Require.Above(Maximum, Minimum, 1e9, nameof(Maximum));
        Require.InRange(Mode, Minimum, Maximum, nameof(Mode));
        double width = Maximum - Minimum;
        double value = probability * width <= Mode - Minimum
            ? Minimum + Math.Sqrt(probability * width * (Mode - Minimum))
            : Maximum - Math.Sqrt((1 - probability) * width * (Maximum - Mode));
        return Math.Clamp(value, Minimum, Maximum);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"triangular({Minimum},{Mode},{Maximum})");
}
