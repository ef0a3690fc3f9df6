using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Calibrations;

/// <summary>How a calibration is run. Result and options do not depend on the number of threads.</summary>
public sealed record CalibrationOptions
{
    /// <summary>Simulated trials for each evaluation, from 10 to 10 million; 500 by default. All evaluations use the same random numbers.</summary>
    public int Replicates { get; init => field = Require.InRange(value, 10, 10_000_000); } = 500;

    /// <summary>Seed; 1 by default.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; as many as processors where null.</summary>
    public int? Parallelism { get; init; }

    /// <summary>Most steps, from 1 to 1,000; 20 by default.</summary>
    public int MaximumSteps { get; init => field = Require.InRange(value, 1, 1_000); } = 20;

    /// <summary>Step of the numerical derivatives, as a share of each parameter's range; from 0.001 to 0.5, 0.03 by default. Small steps
    /// see the jumps of single events.</summary>
    public double DerivativeStep { get; init => field = Require.InRange(value, 0.001, 0.5); } = 0.03;
}
