using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tofersen.Simulation.Benchmarks.Results;

/// <summary>What a budget limits.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BudgetMeasure>))]
internal enum BudgetMeasure
{
    /// <summary>Time of one operation, in nanoseconds; at most the limit.</summary>
    Nanoseconds,

    /// <summary>Bytes allocated by one operation; at most the limit.</summary>
    Bytes,

    /// <summary>Time of the baseline of the same table over that of the benchmark; at least the limit.</summary>
    TimesFaster,
}

/// <summary>One of this project's own budgets, and the benchmark that answers it.</summary>
internal sealed record Budget
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>What is done, in words.</summary>
    public required string Work { get; init; }

    /// <summary>Class and method of the benchmark, such as <c>AncovaBenchmarks.FourCovariates</c>.</summary>
    public required string Benchmark { get; init; }

    /// <summary>Parameters of the benchmark, such as <c>Participants=108, Gaps=Both</c>; empty for none.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>What is limited; time by default.</summary>
    public BudgetMeasure Measure { get; init; }

    /// <summary>The limit.</summary>
    public required double Limit { get; init; }

    internal bool IsMetBy(double value) => Measure == BudgetMeasure.TimesFaster ? value >= Limit : value <= Limit;

    internal static Budget[] Read(string path) =>
        JsonSerializer.Deserialize<Budget[]>(File.ReadAllText(path), Options)
        ?? throw new FormatException($"'{path}' holds no budgets.");
}
