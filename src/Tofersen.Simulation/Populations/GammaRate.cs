using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>Gamma rates: always positive, less heavy in the upper tail than log-normal ones.</summary>
/// <remarks>Shape (Mean / Sd)², scale Sd² / Mean.</remarks>
public sealed record GammaRate : RateDistribution
{
    // Beyond it most rates are too small for a double, and nobody means them.
    private const double LargestRatio = 5;

    /// <summary>Mean rate, in points per month; above 0, at most 48.</summary>
    public required double Mean { get; init => field = Require.Above(value, 0, 48); }

    /// <summary>Standard deviation between participants, in points per month; above 0, at most 48; a population accepts at most 5 times the mean.</summary>
    public required double Sd { get; init => field = Require.Above(value, 0, 48); }

    /// <inheritdoc/>
    public override double MeanPerMonth => Mean;

    /// <inheritdoc/>
    public override double SdPerMonth => Sd;

    /// <summary>Refuses rates that are too spread to be drawn.</summary>
    /// <exception cref="ArgumentException">The SD is above 5 times the mean.</exception>
    internal void CheckSpread(string owner, string name)
    {
        if (Sd > LargestRatio * Mean)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{owner} has gamma rates with mean {Mean} and SD {Sd}; the SD must not be above {LargestRatio} times the mean."),
                name);
        }
    }

    /// <inheritdoc/>
    public override double AtNormalScore(double z)
    {
        double shape = Mean / Sd * (Mean / Sd);
        double rate = Mean / (Sd * Sd);
        return GammaQuantile.AtNormalScore(shape, z) / rate;
    }
}
