namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The value at which an analysis reaches a power.</summary>
public sealed record DetectableEffectResult : PowerSearchResult
{
    /// <summary>Path of the property in the scenario's JSON; null where the scenarios came from a function.</summary>
    public required string? Path { get; init; }

    /// <summary>The value with the power nearest to the end of the range where power is lowest; null where there is none.</summary>
    public required double? Value { get; init; }

    /// <summary>Whether power rises with the value; otherwise it falls.</summary>
    public required bool Rises { get; init; }
}
