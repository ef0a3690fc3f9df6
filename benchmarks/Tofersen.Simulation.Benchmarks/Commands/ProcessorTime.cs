using System.Diagnostics;

namespace Tofersen.Simulation.Benchmarks.Commands;

/// <summary>Measures work by the processor time of the process, which does not count the time that other programs take from it.</summary>
internal static class ProcessorTime
{
    /// <summary>Processor seconds of the process so far, user and system.</summary>
    internal static double Seconds => Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Runs work again and again until the compiler has made its last version of it, and for as long as asked.</summary>
    /// <param name="work">One piece of work.</param>
    /// <param name="seconds">Least time, by the clock.</param>
    /// <param name="calls">Least number of calls.</param>
    internal static void WarmUp(Action work, double seconds, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; i++)
        {
            work();
        }
    }

    /// <summary>Microseconds of a call: calls are repeated until they took long enough for the clock.</summary>
    /// <param name="work">One piece of work.</param>
    /// <param name="seconds">Least processor time of the measurement.</param>
    internal static double Microseconds(Action work, double seconds)
    {
        // Quick calls are made in batches, so that reading the clock costs nothing beside them.
        long calls = 0;
        double start = Seconds;
        double spent = 0;
        for (long batch = 1; spent < seconds; batch = spent < seconds / 16 ? 2 * batch : batch)
        {
            for (long i = 0; i < batch; i++)
            {
                work();
            }

            calls += batch;
            spent = Seconds - start;
        }

        return 1e6 * spent / calls;
    }
}
