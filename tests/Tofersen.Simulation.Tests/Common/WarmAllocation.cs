namespace Tofersen.Simulation.Tests.Common;

/// <summary>What work allocates once it is warm.</summary>
internal static class WarmAllocation
{
    private const int Rounds = 50;
    private const int MillisecondsBetweenRounds = 100;

    /// <summary>The least that one of several rounds of the work allocates on this thread.</summary>
    /// <remarks>Code that the runtime has not optimised yet may box values, and on a busy machine it is optimised late; work that
    /// allocates of itself does so in every round.</remarks>
    internal static long Least(Action round)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Rounds && least > 0; i++)
        {
            if (i > 1)
            {
                Thread.Sleep(MillisecondsBetweenRounds);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
