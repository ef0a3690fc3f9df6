using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How a Monte Carlo study is run. Seed and number of replicates, or the precision, fix every number; threads and blocks only how fast it
/// comes.</summary>
public sealed record RunOptions
{
    /// <summary>Number of simulated trials, from 1 to 100,000,000; the largest number where <see cref="Precision"/> is set.</summary>
    public int Replicates { get; init => field = Require.InRange(value, 1, 100_000_000); } = 10_000;

    /// <summary>Monte Carlo standard error, above 0 and at most 0.5, at which the run ends: when that of every analysis' power, and of the trial's with its looks, is no larger.
    /// Null, the default, to run all replicates.</summary>
    /// <remarks>Checked after 1,000 replicates and then where the next check is due: at the smallest multiple of 1,000 that the powers so far
    /// say is enough. So the number of replicates is the same for any number of threads and any block size. A power near 0 or 1 is taken to be
    /// (rejections + 2) / (replicates + 4) here, since the first thousand may show none.</remarks>
    public double? Precision { get; init => field = value is { } error ? Require.Above(error, 0, 0.5) : null; }

    /// <summary>Seed; any value.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of threads, from 1 to 1,024; as many as processors where null.</summary>
    public int? Parallelism { get; init => field = value is { } threads ? Require.InRange(threads, 1, 1_024) : null; }

    /// <summary>Number of replicates that a thread takes at a time, from 1 to 1,000,000.</summary>
    public int BlockSize { get; init => field = Require.InRange(value, 1, 1_000_000); } = 64;

    /// <summary>Whether to summarise scores by visit and ends of follow-up besides the analyses.</summary>
    public bool CollectCourses { get; init; } = true;

    /// <summary>Whether to compute the true values that bias and coverage are held against; takes as long as a few thousand trials.</summary>
    public bool TrueValues { get; init; } = true;

    /// <summary>Whether these summaries hold every endpoint of the scenario and its adverse events, and not those alone that an analysis looks at;
    /// not by default, since what nobody looks at is not simulated.</summary>
    public bool CollectEndpoints { get; init; }
}
