using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>What every search for the place where an analysis reaches a power asks: which analysis, what power, how precisely.</summary>
public abstract record PowerSearch
{
    private protected PowerSearch()
    {
    }

    /// <summary>Name of the analysis; null where the scenario has one alone.</summary>
    public string? Analysis { get; init => field = value is null ? null : Require.Text(value); }

    /// <summary>Power to be reached, above the analysis' level and below 1, from 0.01 to 0.999; 0.8 by default.</summary>
    /// <remarks>Power is what it is everywhere here: the share of trials in which the two-sided test rejects, in whichever direction, and a
    /// failed analysis counts as not rejected.</remarks>
    public double Power { get; init => field = Require.InRange(value, 0.01, 0.999); } = 0.8;

    /// <summary>Half-width of the 95 % interval of the answer, relative to the answer, at which the search ends; from 0.001 to 0.5, 0.02 by
    /// default.</summary>
    public double Precision { get; init => field = Require.InRange(value, 0.001, 0.5); } = 0.02;

    /// <summary>What the search may cost in all, from 0.1 to 1,000; 20 by default. The unit is one power figure: as many participants as 10,000
    /// trials hold at the answer.</summary>
    /// <remarks>A precision of 2 % takes one to two. The search ends less precisely where the cost is used up.</remarks>
    public double MaximumCost { get; init => field = Require.InRange(value, 0.1, 1_000); } = 20;

    /// <summary>Seed; any value.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Number of threads, from 1 to 1,024; as many as processors where null. Does not change the result.</summary>
    public int? Parallelism { get; init => field = value is { } threads ? Require.InRange(threads, 1, 1_024) : null; }

    /// <summary>Number of replicates that a thread takes at a time, from 1 to 1,000,000. Does not change the result.</summary>
    public int BlockSize { get; init => field = Require.InRange(value, 1, 1_000_000); } = 64;
}
