using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Limits of a target in a calibration; the narrower, the more it counts.</summary>
public sealed record TargetLimits
{
    /// <summary>Name of the target.</summary>
    public required string Target { get; init => field = Require.Text(value); }

    /// <summary>Smallest simulated value that is accepted, from −10⁶ to 10⁶.</summary>
    public required double Minimum { get; init => field = Require.InRange(value, -1e6, 1e6); }

    /// <summary>Largest simulated value that is accepted, from −10⁶ to 10⁶; above the smallest.</summary>
    public required double Maximum { get; init => field = Require.InRange(value, -1e6, 1e6); }
}
