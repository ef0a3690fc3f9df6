using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Calibrations;

/// <summary>A published result that simulated trials should reproduce.</summary>
public sealed record CalibrationTarget
{
    /// <summary>What it is, such as <c>fast placebo, change at week 28</c>.</summary>
    public required string Name { get; init => field = Require.Text(value); }

    /// <summary>Group of targets that it belongs to.</summary>
    public required TargetKind Kind { get; init => field = Require.Defined(value); }

    /// <summary>Unit of the numbers; empty for proportions and ratios.</summary>
    public string Unit { get; init => field = Require.NotNull(value); } = "";

    /// <summary>The published value.</summary>
    public required double Published { get; init; }

    /// <summary>Smallest simulated value that is accepted.</summary>
    public required double Minimum { get; init; }

    /// <summary>Largest simulated value that is accepted.</summary>
    public required double Maximum { get; init; }

    /// <summary>Where the published value comes from.</summary>
    public required string Citation { get; init => field = Require.Text(value); }

    /// <summary>Computes the simulated value from the course of the simulated trials.</summary>
    public required Func<CourseSummary, MonteCarloValue> Simulated { get; init; }
}
