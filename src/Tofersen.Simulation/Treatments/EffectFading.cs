using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Treatments;

/// <summary>Loss of effect with cumulative time on drug, as with tolerance; it does not come back after a pause.</summary>
public sealed record EffectFading
{
    /// <summary>Weeks on drug, counted from when it begins to act, until fading begins; from 0 to 2,000.</summary>
    public required double AfterWeeks { get; init => field = Require.InRange(value, 0, 2_000); }

    /// <summary>Weeks on drug in which the effect then halves; above 0, at most 2,000.</summary>
    public required double HalfTimeWeeks { get; init => field = Require.Above(value, 0, 2_000); }
}
