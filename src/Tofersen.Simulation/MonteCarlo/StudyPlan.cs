using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A Monte Carlo study that is run in blocks, on one machine or on many, and put together in the end.</summary>
/// <remarks>The plan fixes every number of the result: scenario, seed, replicates, the version of the library, and the true values. Its hash
/// stands in every block. Thread safety: immutable.</remarks>
public sealed class StudyPlan
{
    private const int Format = 1;

    private StudyPlan(Scenario scenario, RunOptions options, TrueValue[] truths)
    {
        Scenario = scenario;
        Options = options;
        Truths = truths;
        HashBytes = SHA256.HashData(Encoding.UTF8.GetBytes(Body().ToJsonString()));
    }

    /// <summary>The scenario, its analyses included.</summary>
    public Scenario Scenario { get; }

    /// <summary>Replicates, seed, replicates a block, and what is collected. The number of threads is not part of the plan.</summary>
    public RunOptions Options { get; }

    /// <summary>Number of blocks; the last may be shorter than the others.</summary>
    public int Blocks => ((Options.Replicates - 1) / Options.BlockSize) + 1;

    /// <summary>SHA-256 of everything that fixes the result, in hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(HashBytes);

    /// <summary>Version of the library, with the revision it was built from where the build knows it. Plans and blocks of another one are
    /// refused, since its numbers may differ.</summary>
    public static string Version { get; } =
        typeof(StudyPlan).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    internal TrueValue[] Truths { get; }

    internal byte[] HashBytes { get; }

    /// <summary>Plans a study: checks the scenario and computes the true values, once for all shards.</summary>
    /// <param name="scenario">The scenario, with its analyses.</param>
    /// <param name="options">Replicates, seed, replicates a block, and what is collected.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The scenario's parts do not fit together, or the options ask for a precision: a plan has a number of
    /// replicates.</exception>
    /// <exception cref="NotSupportedException">The scenario holds a model that is not the library's own; it cannot be written
    /// down.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static StudyPlan Make(Scenario scenario, RunOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Precision is not null)
        {
            throw new ArgumentException("A plan has a number of replicates, not a precision: shards cannot know when they are enough.", nameof(options));
        }

        // A scenario that cannot be written down is found out before the work.
        Scenario read = ScenarioJson.Read(ScenarioJson.Write(scenario));
        return new StudyPlan(read, options, PowerAnalysis.Truths(read, options, cancellation));
    }

    /// <summary>The plan that a run which is over would have had.</summary>
    internal static StudyPlan Of(Scenario scenario, RunOptions options, TrueValue[] truths) => new(scenario, options, truths);

    /// <summary>Replicates of a block: the first and the end, which is not in it.</summary>
    internal (int From, int To) ReplicatesOf(int block) =>
        (block * Options.BlockSize, (int)Math.Min(Options.Replicates, (block + 1L) * Options.BlockSize));

    internal ReplicateWorker CreateWorker() => new(Scenario, Truths, Options);

    internal string ToJson()
    {
        JsonObject json = Body();
        json.Insert(0, "hash", Hash);
        return ScenarioJson.ToText(json);
    }

    /// <exception cref="StudyPlanException">The text is no plan, one of another version, or one that was changed.</exception>
    internal static StudyPlan FromJson(string text, string where)
    {
        try
        {
            JsonObject json = ScenarioJson.Parse(text);
            string version = Get<string>(json, "version");
            if (Get<int>(json, "format") != Format || version != Version)
            {
                throw new StudyPlanException(
                    $"The plan in '{where}' was made by version {version}, and this is {Version}: their numbers may differ. Run it with that version, or plan again.");
            }

            TrueValue[] truths = [.. (json["trueValues"] as JsonArray ?? []).OfType<JsonObject>().Select(t => new TrueValue(Number(t, "value"), Number(t, "mcse")))];
            var plan = new StudyPlan(ScenarioJson.Read((json["scenario"] ?? new JsonObject()).ToJsonString()), OptionsOf(json), truths);
            return Get<string>(json, "hash") == plan.Hash && truths.Length == plan.Scenario.Analyses.Count
                ? plan
                : throw new StudyPlanException($"The plan in '{where}' was changed after it was made: its hash does not fit. Plan again.");
        }
        catch (Exception exception) when (exception is ScenarioFormatException or ArgumentException)
        {
            throw new StudyPlanException($"'{where}' holds no plan that can be read: {exception.Message}", exception);
        }
    }

    private static RunOptions OptionsOf(JsonObject json) => new()
    {
        Seed = Get<ulong>(json, "seed"),
        Replicates = Get<int>(json, "replicates"),
        BlockSize = Get<int>(json, "blockSize"),
        CollectCourses = Get<bool>(json, "courses"),
        CollectEndpoints = Get<bool>(json, "endpoints"),
        TrueValues = Get<bool>(json, "hasTrueValues"),
    };

    private JsonObject Body() => new()
    {
        ["format"] = Format,
        ["version"] = Version,
        ["seed"] = Options.Seed,
        ["replicates"] = Options.Replicates,
        ["blockSize"] = Options.BlockSize,
        ["courses"] = Options.CollectCourses,
        ["endpoints"] = Options.CollectEndpoints,
        ["hasTrueValues"] = Options.TrueValues,
        ["trueValues"] = new JsonArray([.. Truths.Select(t => new JsonObject { ["value"] = Defined(t.Value), ["mcse"] = Defined(t.MonteCarloError) })]),
        ["scenario"] = JsonNode.Parse(ScenarioJson.Write(Scenario)),
    };

    // What is not defined is null.
    private static JsonValue? Defined(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static double Number(JsonObject json, string name) => json[name] is null ? double.NaN : Get<double>(json, name);

    private static T Get<T>(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue(out T? read)
            ? read
            : throw new ScenarioFormatException($"$.{name}", "is missing, or not what a plan holds there.");
}
