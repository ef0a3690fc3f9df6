namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A finished block of a planned study could not be written: a full disk, most often. Nothing else is lost, and running the shard again
/// does the block again.</summary>
public sealed class BlockLostException : IOException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="block">Number of the block, from 0.</param>
    /// <param name="finished">Blocks of the shard that are finished.</param>
    /// <param name="planned">Blocks of the shard.</param>
    /// <param name="inner">Why it could not be written.</param>
    public BlockLostException(int block, int finished, int planned, Exception inner)
        : base(
            FormattableString.Invariant(
                $"Block {block} could not be written: {inner?.Message} {finished} of the shard's {planned} blocks are finished; run it again to do the rest."),
            inner)
    {
        Block = block;
    }

    /// <summary>Number of the block, from 0.</summary>
    public int Block { get; }
}
