using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Calibrations;

/// <summary>A target beside its simulated value.</summary>
/// <param name="Target">The target.</param>
/// <param name="Simulated">The simulated value.</param>
public sealed record CalibrationResult(CalibrationTarget Target, MonteCarloValue Simulated)
{
    /// <summary>Whether the simulated value is accepted.</summary>
    public bool IsInside => Simulated.Value >= Target.Minimum && Simulated.Value <= Target.Maximum;
}
