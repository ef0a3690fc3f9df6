using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>Normal rates: symmetric, some participants improve. For comparison with textbook mixed models.</summary>
public sealed record NormalRate : RateDistribution
{
    /// <summary>Mean rate, in points per month; from −48 to 48.</summary>
    public required double Mean { get; init => field = Require.InRange(value, -48, 48); }

    /// <summary>Standard deviation between participants, in points per month; from 0 to 48.</summary>
    public required double Sd { get; init => field = Require.InRange(value, 0, 48); }

    /// <inheritdoc/>
    public override double MeanPerMonth => Mean;

    /// <inheritdoc/>
    public override double SdPerMonth => Sd;

    /// <inheritdoc/>
    public override double AtNormalScore(double z) => Mean + (Sd * z);
}
