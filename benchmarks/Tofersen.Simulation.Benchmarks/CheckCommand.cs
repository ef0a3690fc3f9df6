using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Parameters;
using BenchmarkDotNet.Running;

namespace Tofersen.Simulation.Benchmarks;

/// <summary>The command <c>check</c>: sets every benchmark up, which compares each plain version with the library, and calls it once, but
/// for those that take seconds a call. Measures nothing.</summary>
internal static class CheckCommand
{
    internal static int Run(ReadOnlySpan<string> arguments)
    {
        string part = arguments.Length > 0 ? arguments[0] : "";
        int cases = 0;
        foreach (Type type in typeof(CheckCommand).Assembly.GetTypes().Where(t => t.IsPublic && t.Name.Contains(part, StringComparison.Ordinal)))
        {
            IEnumerable<BenchmarkCase> all = BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases
                .Where(c => !c.Descriptor.HasCategory(BenchmarkJobs.Long));
            foreach (IGrouping<string, BenchmarkCase> group in all.GroupBy(c => c.Parameters.DisplayInfo))
            {
                long start = Stopwatch.GetTimestamp();
                Call(type, [.. group]);
                cases += group.Count();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{type.Name} {group.Key} {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
            }
        }

        Console.WriteLine($"{cases} benchmarks ran.");
        return cases > 0 ? 0 : 2;
    }

    private static void Call(Type type, BenchmarkCase[] cases)
    {
        object instance = Activator.CreateInstance(type)!;
        foreach (ParameterInstance parameter in cases[0].Parameters.Items)
        {
            type.GetProperty(parameter.Name)!.SetValue(instance, parameter.Value);
        }

        cases[0].Descriptor.GlobalSetupMethod?.Invoke(instance, null);
        foreach (BenchmarkCase benchmark in cases)
        {
            benchmark.Descriptor.WorkloadMethod.Invoke(instance, null);
        }

        cases[0].Descriptor.GlobalCleanupMethod?.Invoke(instance, null);
    }
}
