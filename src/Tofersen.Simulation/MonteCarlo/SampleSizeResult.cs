namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The number of participants that an analysis needs for a power.</summary>
public sealed record SampleSizeResult : PowerSearchResult
{
    /// <summary>The smallest number of participants with the power; null where there is none.</summary>
    public required int? Participants { get; init; }

    /// <summary>What the numbers of participants are multiples of.</summary>
    public required int Multiple { get; init; }
}
