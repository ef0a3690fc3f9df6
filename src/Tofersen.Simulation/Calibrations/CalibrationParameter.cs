using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Calibrations;

/// <summary>A number of a scenario that a calibration may move.</summary>
public sealed record CalibrationParameter
{
    /// <summary>Name in results, such as <c>largest reduction</c>.</summary>
    public required string Name { get; init => field = Require.Text(value); }

    /// <summary>Paths in the scenario's JSON, such as <c>effect.maxReduction</c> or <c>population.strata[0].declineRate.mean</c>; at least one.
    /// Several move together.</summary>
    public required ValueList<string> Paths { get; init => field = Require.NotEmpty(value); }

    /// <summary>Whether the value is a factor on the scenario's own numbers, so that several keep their proportions; by default it is the number
    /// itself.</summary>
    public bool IsFactor { get; init; }

    /// <summary>Smallest value; below <see cref="Maximum"/>.</summary>
    public required double Minimum { get; init => field = Require.InRange(value, -1e6, 1e6); }

    /// <summary>Largest value.</summary>
    public required double Maximum { get; init => field = Require.InRange(value, -1e6, 1e6); }
}
