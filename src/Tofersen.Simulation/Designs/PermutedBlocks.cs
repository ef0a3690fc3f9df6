using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Designs;

/// <summary>Stratified randomisation in permuted blocks.</summary>
internal static class PermutedBlocks
{
    /// <summary>Allocates the participants of one stratum in the order in which they enrol; the last block may be cut off.</summary>
    /// <param name="design">The design with its ratio and block size.</param>
    /// <param name="random">The stratum's randomisation stream.</param>
    /// <param name="arms">Receives the arm of each participant of the stratum.</param>
    internal static void Fill(TrialDesign design, ref TrialRandom random, Span<byte> arms)
    {
        int size = design.BlockSize;
        int activePerBlock = design.Allocation.Active * design.BlockMultiple;
        for (int start = 0; start < arms.Length; start += size)
        {
            // Draw without replacement from the block: cut off anywhere, the prefix is that of a shuffled block.
            int active = activePerBlock;
            int remaining = size;
            int end = Math.Min(start + size, arms.Length);
            for (int i = start; i < end; i++)
            {
                bool isActive = active > 0 && random.NextBelow(remaining) < active;
                arms[i] = isActive ? (byte)TrialDesign.ActiveArm : (byte)TrialDesign.ControlArm;
                active -= isActive ? 1 : 0;
                remaining--;
            }
        }
    }
}
