namespace Tofersen.Simulation.MonteCarlo;

/// <summary>In which replicates an analysis rejects, one bit each: what a paired comparison of two scenarios needs of one of them.</summary>
/// <remarks>Threads may write at once; the bits do not depend on their order.</remarks>
internal sealed class RejectionLog(int analyses, int replicates)
{
    private readonly ulong[] _bits = new ulong[analyses * (long)Words(replicates)];

    internal int Analyses => analyses;

    internal int Replicates => replicates;

    private static int Words(int replicates) => ((replicates - 1) / 64) + 1;

    internal void Set(int analysis, int replicate) =>
        Interlocked.Or(ref _bits[(analysis * (long)Words(replicates)) + (replicate >> 6)], 1UL << (replicate & 63));

    internal bool Rejects(int analysis, int replicate) =>
        (_bits[(analysis * (long)Words(replicates)) + (replicate >> 6)] >> (replicate & 63) & 1) != 0;

    /// <summary>Compares an analysis of this log with one of another over the first replicates of both.</summary>
    /// <param name="analysis">Position of the analysis.</param>
    /// <param name="other">The other log.</param>
    /// <param name="otherAnalysis">Position of the analysis there.</param>
    /// <param name="common">Number of replicates that both logs hold; at least 1.</param>
    internal PairedComparison Compare(int analysis, RejectionLog other, int otherAnalysis, int common)
    {
        ReadOnlySpan<ulong> mine = Row(analysis);
        ReadOnlySpan<ulong> theirs = other.Row(otherAnalysis);
        long first = 0;
        long second = 0;
        long both = 0;
        for (int w = 0; w < Words(common); w++)
        {
            // The last word may hold replicates that only one of the two has run.
            int left = common - (w * 64);
            ulong counted = left >= 64 ? ulong.MaxValue : (1UL << left) - 1;
            first += System.Numerics.BitOperations.PopCount(mine[w] & counted);
            second += System.Numerics.BitOperations.PopCount(theirs[w] & counted);
            both += System.Numerics.BitOperations.PopCount(mine[w] & theirs[w] & counted);
        }

        return PairedComparison.From(first, second, both, common);
    }

    private ReadOnlySpan<ulong> Row(int analysis) => _bits.AsSpan((int)(analysis * (long)Words(replicates)), Words(replicates));
}
