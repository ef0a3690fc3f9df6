using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>Normal rates: symmetric, some participants improve. For comparison with textbook mixed models.</summary>
public sealed record NormalRate : RateDistribution
{
    /// <inheritdoc/>
    /// <remarks>From −48 to 48.</remarks>
    public override required double Mean { get; init => field = Require.InRange(value, -48, 48); }

    /// <inheritdoc/>
    /// <remarks>From 0 to 48.</remarks>
    public override required double Sd { get; init => field = Require.InRange(value, 0, 48); }

    /// <inheritdoc/>
    public override double AtNormalScore(double z) => Mean + (Sd * z);
}
