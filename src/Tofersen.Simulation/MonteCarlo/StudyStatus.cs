using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How far a planned study has come.</summary>
public sealed record StudyStatus
{
    /// <summary>Number of blocks.</summary>
    public required int Blocks { get; init; }

    /// <summary>Numbers, from 0, of the blocks that are not there.</summary>
    public required ValueList<int> Missing { get; init; }

    /// <summary>Numbers, from 0, of the blocks whose files are damaged; the next run of their shards does them again.</summary>
    public required ValueList<int> Damaged { get; init; }

    /// <summary>Number of blocks that are there whole.</summary>
    public int Finished => Blocks - Missing.Count - Damaged.Count;

    /// <summary>Whether the study can be put together.</summary>
    public bool IsComplete => Finished == Blocks;
}
