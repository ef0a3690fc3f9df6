using System.Diagnostics;
using System.Runtime;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Benchmarks.Commands;

/// <summary>What is measured in a process of its own, since the garbage collector is chosen when a process starts, and the largest memory is
/// that of the whole process.</summary>
internal static class ScalingChild
{
    private const double BytesPerMebibyte = 1024 * 1024;

    /// <summary>Prints the time of whole runs by number of threads, round by round: round, threads, seconds by the clock, processor
    /// seconds.</summary>
    internal static int Threads(int replicates, int rounds, int[] threads)
    {
        foreach (int count in threads)
        {
            Run(replicates, count);
        }

        for (int round = 1; round <= rounds; round++)
        {
            foreach (int count in threads)
            {
                (double clock, double processor) = Run(replicates, count);
                Console.WriteLine(CsvLines.Line(GCSettings.IsServerGC, round, count, replicates, clock, processor));
            }
        }

        return 0;
    }

    /// <summary>Prints the time and the memory of one run: seconds by the clock, processor seconds, largest working set in MiB, bytes
    /// allocated in MiB.</summary>
    internal static int Replicates(int replicates)
    {
        // Compiling, which is the same for every number of replicates, is done when the last version of the code has been made.
        for (int i = 0; i < 3; i++)
        {
            Run(Math.Min(replicates, 2000), threads: null);
        }

        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        (double clock, double processor) = Run(replicates, threads: null);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(CsvLines.Line(
            replicates, clock, processor, process.PeakWorkingSet64 / BytesPerMebibyte, allocated / BytesPerMebibyte));
        return 0;
    }

    private static (double Clock, double Processor) Run(int replicates, int? threads)
    {
        Scenario scenario = ValorOpenLabelExtension.ToWeek52.Scenario;
        var options = new RunOptions { Replicates = replicates, Parallelism = threads, CollectCourses = false, TrueValues = false };
        IAnalysis[] analyses = [.. new ComparedAnalyses(28, 52).All.Select(a => a.Analysis).Where(a => a is Ancova or JointRank or LogRank)];
        long start = Stopwatch.GetTimestamp();
        double processor = ProcessorTime.Seconds;
        PowerResult result = PowerAnalysis.Run(scenario, [.. analyses], options);
        double clock = Stopwatch.GetElapsedTime(start).TotalSeconds;
        processor = ProcessorTime.Seconds - processor;
        return result.Replicates == replicates ? (clock, processor) : throw new InvalidOperationException("The run ended early.");
    }
}
