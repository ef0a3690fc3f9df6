using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>A normal prior distribution of an effect, on the scale of the estimate.</summary>
public sealed record NormalPrior
{
    /// <summary>Mean.</summary>
    public double Mean { get; init => field = Require.InRange(value, -1e6, 1e6); }

    /// <summary>Standard deviation; above 0.</summary>
    public required double Sd { get; init => field = Require.Above(value, 0, 1e6); }
}
