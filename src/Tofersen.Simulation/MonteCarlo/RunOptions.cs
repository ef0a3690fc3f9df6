using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How a Monte Carlo study is run. Seed and number of replicates fix every number; the rest only how fast it
/// comes.</summary>
public sealed record RunOptions
{
    /// <summary>Number of simulated trials, from 1 to 100,000,000.</summary>
    public int Replicates { get; init => field = Require.InRange(value, 1, 100_000_000); } = 10_000;

    /// <summary>Seed; any value.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of threads, from 1 to 1,024; as many as processors where null.</summary>
    public int? Parallelism { get; init => field = value is { } threads ? Require.InRange(threads, 1, 1_024) : null; }

    /// <summary>Number of replicates that a thread takes at a time, from 1 to 1,000,000.</summary>
    public int BlockSize { get; init => field = Require.InRange(value, 1, 1_000_000); } = 64;

    /// <summary>Whether to summarise scores by visit and ends of follow-up besides the analyses.</summary>
    public bool CollectCourses { get; init; } = true;

    /// <summary>Whether these summaries hold every endpoint of the scenario and its adverse events, and not those alone that an analysis looks at;
    /// not by default, since what nobody looks at is not simulated.</summary>
    public bool CollectEndpoints { get; init; }
}
