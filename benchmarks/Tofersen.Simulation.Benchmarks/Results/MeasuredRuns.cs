using System.Globalization;
using System.Reflection;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace Tofersen.Simulation.Benchmarks.Results;

/// <summary>The benchmarks of several runs, read from the JSON files that BenchmarkDotNet writes.</summary>
internal sealed class MeasuredRuns
{
    private MeasuredRuns(IReadOnlyList<Measured> all, string environment) => (All, Environment) = (all, environment);

    /// <summary>Every benchmark, in the order in which it was first measured.</summary>
    internal IReadOnlyList<Measured> All { get; }

    /// <summary>Machine and runtime in one line.</summary>
    internal string Environment { get; }

    /// <summary>Reads all reports below a folder; those of one class are its runs, oldest first.</summary>
    internal static MeasuredRuns Read(string folder)
    {
        var times = new Dictionary<(string Type, string Method, string Parameters), List<double>>();
        var bytes = new Dictionary<(string Type, string Method, string Parameters), double>();
        string environment = "";
        foreach (string path in Reports(folder))
        {
            using JsonDocument report = JsonDocument.Parse(File.ReadAllText(path));
            environment = Describe(report.RootElement.GetProperty("HostEnvironmentInfo"));
            foreach (JsonElement benchmark in report.RootElement.GetProperty("Benchmarks").EnumerateArray())
            {
                // A benchmark that failed has no statistics.
                if (benchmark.GetProperty("Statistics") is not { ValueKind: JsonValueKind.Object } statistics)
                {
                    continue;
                }

                var key = (Text(benchmark, "Type"), Text(benchmark, "Method"), Parameters(Text(benchmark, "FullName")));
                if (!times.TryGetValue(key, out List<double>? runs))
                {
                    times[key] = runs = [];
                }

                runs.Add(statistics.GetProperty("Median").GetDouble());
                bytes[key] = Math.Max(bytes.GetValueOrDefault(key), Allocated(benchmark));
            }
        }

        return new MeasuredRuns(
            [.. times.Select(t => new Measured(t.Key.Type, t.Key.Method, t.Key.Parameters, [.. t.Value], bytes[t.Key]))], environment);
    }

    internal Measured? Find(string name, string parameters) =>
        All.FirstOrDefault(m => m.Name == name && m.Parameters == parameters);

    /// <summary>The baseline of the table that a benchmark is in: the method that says so, with the same parameters.</summary>
    internal Measured? BaselineOf(Measured measured)
    {
        Type? type = typeof(MeasuredRuns).Assembly.GetTypes().FirstOrDefault(t => t.Name == measured.Type);
        string? method = type?.GetMethods().FirstOrDefault(m => m.GetCustomAttribute<BenchmarkAttribute>() is { Baseline: true })?.Name;
        return All.FirstOrDefault(m => m.Type == measured.Type && m.Method == method && m.Parameters == measured.Parameters);
    }

    private static IEnumerable<string> Reports(string folder) => Directory
        .EnumerateFiles(folder, "*-report-brief.json", SearchOption.AllDirectories)
        .OrderBy(File.GetLastWriteTimeUtc)
        .ThenBy(path => path, StringComparer.Ordinal);

    // Where BenchmarkDotNet lists parameters it cuts long values off; a benchmark's full name has them whole, as in Class.Method(Name: "value").
    private static string Parameters(string fullName)
    {
        int start = fullName.IndexOf('(', StringComparison.Ordinal);
        return start < 0
            ? ""
            : fullName[(start + 1)..^1].Replace(": ", "=", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static double Allocated(JsonElement benchmark) =>
        benchmark.TryGetProperty("Memory", out JsonElement memory)
        && memory.GetProperty("BytesAllocatedPerOperation") is { ValueKind: JsonValueKind.Number } allocated
            ? allocated.GetDouble()
            : double.NaN;

    private static string Describe(JsonElement host) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Text(host, "RuntimeVersion")}, {Text(host, "ProcessorName")}, {host.GetProperty("LogicalCoreCount")} logical cores, {Text(host, "OsVersion")}, BenchmarkDotNet {Text(host, "BenchmarkDotNetVersion")}");
}
