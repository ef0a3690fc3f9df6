using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A uniform distribution between two limits.</summary>
public sealed record UniformDistribution : IPriorDistribution
{
    /// <summary>Lower limit; within ±10⁹.</summary>
    public required double Minimum { get; init => field = Require.InRange(value, -1e9, 1e9); }

    /// <summary>Upper limit; above the lower one, within ±10⁹.</summary>
    public required double Maximum { get; init => field = Require.InRange(value, -1e9, 1e9); }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The limits are not in order.</exception>
    public double Quantile(double probability)
    {
        Require.Probability(probability, nameof(probability));
        Require.Above(Maximum, Minimum, 1e9, nameof(Maximum));
        return Math.Clamp(Minimum + (probability * (Maximum - Minimum)), Minimum, Maximum);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"uniform({Minimum},{Maximum})");
}
