using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Trajectories;

/// <summary>One class of a <see cref="LatentClassTrajectory"/>.</summary>
public sealed record TrajectoryClass
{
    /// <summary>Weight of the class among all; above 0, at most 10⁶. Shares are weights over their sum.</summary>
    public required double Weight { get; init => field = Require.Above(value, 0, 1e6); }

    /// <summary>Factor on the participant's rate of decline, from 0 to 20; 1 by default.</summary>
    public double RateMultiplier { get; init => field = Require.InRange(value, 0, 20); } = 1;

    /// <summary>The course of the class.</summary>
    public required ITrajectoryModel Underlying { get; init => field = Require.NotNull(value); }
}
