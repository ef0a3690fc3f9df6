using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>One class of a <see cref="LatentClassRate"/>: its share and its log-normal rates.</summary>
public sealed record RateClass
{
    /// <summary>Weight of the class among all; above 0, at most 10⁶. Shares are weights over their sum.</summary>
    public required double Weight { get; init => field = Require.Above(value, 0, 1e6); }

    /// <summary>Mean rate of the class, in points per month; from 0.001 to 48.</summary>
    public required double Mean { get; init => field = Require.InRange(value, 0.001, 48); }

    /// <summary>Standard deviation within the class, in points per month; from 0.001 to 48. The lower limit keeps the mixture's
    /// quantiles continuous.</summary>
    public required double Sd { get; init => field = Require.InRange(value, 0.001, 48); }
}
