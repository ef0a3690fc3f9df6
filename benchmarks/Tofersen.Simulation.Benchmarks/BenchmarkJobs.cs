using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>How benchmarks are run: in full for the record, and short for everyday use. A class that names a job of its own keeps it.</summary>
internal static class BenchmarkJobs
{
    /// <summary>Category of classes whose single calls take seconds; <c>check</c> leaves them out.</summary>
    internal const string Long = "Long";

    // The code is compiled anew up to twice while it runs, the long loops of the chain last: after ten rounds it stays as it is. The runtime's
    // usual wait before it begins to count calls would make that a matter of the machine's load.
    internal static IConfig Full => Config(Job(warmUps: 10, iterations: 10, milliseconds: 120));

    internal static IConfig Short => Config(Job(warmUps: 8, iterations: 3, milliseconds: 60));

    private static Job Job(int warmUps, int iterations, int milliseconds) => BenchmarkDotNet.Jobs.Job.Default
        .WithStrategy(RunStrategy.Throughput)
        .WithLaunchCount(1)
        .WithWarmupCount(warmUps)
        .WithIterationCount(iterations)
        .WithIterationTime(TimeInterval.FromMilliseconds(milliseconds))
        .WithEnvironmentVariable("DOTNET_TC_CallCountingDelayMs", "0")
        .AsDefault();

    private static ManualConfig Config(Job job) => ManualConfig.Create(DefaultConfig.Instance)
        .AddJob(job)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddExporter(JsonExporter.Brief);
}
