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

/// <summary>How far a number can be trusted to be what was published.</summary>
public enum SourceKind
{
    /// <summary>Printed in a publication, a label or a registry.</summary>
    Published,

    /// <summary>Worked out from published numbers.</summary>
    Derived,

    /// <summary>Fitted so that simulated trials reproduce published results; see METHODS.md.</summary>
    Fitted,

    /// <summary>Nobody has published it: a judgement.</summary>
    Assumption,
}
