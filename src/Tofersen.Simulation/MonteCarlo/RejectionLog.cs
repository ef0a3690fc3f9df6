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

    /// <summary>Number of replicates in which an analysis of this log and one of another reject.</summary>
    internal long Both(int analysis, RejectionLog other, int otherAnalysis)
    {
        int words = Words(replicates);
        ReadOnlySpan<ulong> mine = _bits.AsSpan(analysis * words, words);
        ReadOnlySpan<ulong> theirs = other._bits.AsSpan(otherAnalysis * words, words);
        long both = 0;
        for (int w = 0; w < words; w++)
        {
            both += System.Numerics.BitOperations.PopCount(mine[w] & theirs[w]);
        }

        return both;
    }
}
