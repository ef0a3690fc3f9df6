using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Asks at which value of a number an analysis reaches a power: the smallest effect that a trial detects, for one.</summary>
public sealed record DetectableEffectQuery : PowerSearch
{
    /// <summary>One end of the range of values, below <see cref="To"/>.</summary>
    public required double From { get; init => field = Require.InRange(value, -1e9, 1e9); }

    /// <summary>The other end of the range of values.</summary>
    public required double To { get; init => field = Require.InRange(value, -1e9, 1e9); }
}
