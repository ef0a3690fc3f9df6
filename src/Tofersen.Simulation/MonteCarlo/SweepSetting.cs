using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A value that an axis has in a cell.</summary>
/// <param name="Axis">Name of the axis.</param>
/// <param name="Value">The value.</param>
public readonly record struct SweepSetting(string Axis, PropertyValue Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Axis} = {Value}";
}
