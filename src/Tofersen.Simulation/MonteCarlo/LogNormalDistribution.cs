using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A log-normal distribution, cut off where limits are given.</summary>
public sealed record LogNormalDistribution : IPriorDistribution
{
    /// <summary>Median before it is cut off, also called the geometric mean; above 0, at most 10⁹.</summary>
    public required double Median { get; init => field = Require.Above(value, 0, 1e9); }

    /// <summary>Standard deviation of the natural logarithm; above 0, at most 10.</summary>
    public required double LogSd { get; init => field = Require.Above(value, 0, 10); }

    /// <summary>Lower limit; 0, the default, for none.</summary>
    public double Minimum { get; init => field = Require.InRange(value, 0, double.MaxValue); }

    /// <summary>Upper limit; ∞, the default, for none.</summary>
    public double Maximum { get; init => field = Require.Above(value, 0, double.PositiveInfinity); } = double.PositiveInfinity;

    private double Lower => Math.Log(Minimum / Median) / LogSd;

    private double Upper => Math.Log(Maximum / Median) / LogSd;

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
            _ => Math.Clamp(Median * Math.Exp(LogSd * StandardNormal.Quantile(probability, Lower, Upper)), Minimum, Maximum),
        };
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"logNormal({Median},{LogSd}{PriorLimits.Text(Minimum > 0 ? Minimum : double.NegativeInfinity, Maximum)})");
}
