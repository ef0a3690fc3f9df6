using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Where a number of a preset comes from.</summary>
public sealed record ParameterSource
{
    /// <summary>Path of the parameter in the preset's JSON, such as <c>effect.maxReduction</c>; stands for everything below
    /// it.</summary>
    public required string Path { get; init => field = Require.Text(value); }

    /// <summary>What kind of source it is.</summary>
    public required SourceKind Kind { get; init => field = Require.Defined(value); }

    /// <summary>The citation, or the reasoning where there is none to cite.</summary>
    public required string Citation { get; init => field = Require.Text(value); }
}
