using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A normal distribution, cut off where limits are given.</summary>
public sealed record NormalDistribution : IPriorDistribution
{
    /// <summary>Mean before it is cut off; within ±10⁹.</summary>
    public required double Mean { get; init => field = Require.InRange(value, -1e9, 1e9); }

    /// <summary>Standard deviation before it is cut off; above 0, at most 10⁹.</summary>
    public required double Sd { get; init => field = Require.Above(value, 0, 1e9); }

    /// <summary>Lower limit; −∞, the default, for none.</summary>
    public double Minimum { get; init => field = PriorLimits.NotNaN(value, nameof(Minimum)); } = double.NegativeInfinity;

    /// <summary>Upper limit; ∞, the default, for none.</summary>
    public double Maximum { get; init => field = PriorLimits.NotNaN(value, nameof(Maximum)); } = double.PositiveInfinity;

    private double Lower => (Minimum - Mean) / Sd;

    private double Upper => (Maximum - Mean) / Sd;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The limits hold next to nothing of the distribution.</exception>
    public double Quantile(double probability)
    {
        Require.Probability(probability, nameof(probability));
        PriorLimits.Check(Minimum, Maximum, StandardNormal.Mass(Lower, Upper));
        return probability switch
        {
            0 => Minimum,
            1 => Maximum,
            _ => Math.Clamp(Mean + (Sd * StandardNormal.Quantile(probability, Lower, Upper)), Minimum, Maximum),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"normal({Mean},{Sd}{PriorLimits.Text(Minimum, Maximum)})");
}
