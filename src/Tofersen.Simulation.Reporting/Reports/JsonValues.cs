using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>Values of a scenario's JSON for people, and by path.</summary>
internal static class JsonValues
{
    /// <summary>Properties that tell the entries of a list apart, the best first.</summary>
    private static readonly string[] Namings = ["name", "kind", "stratum"];

    /// <summary>A limit that far out is none.</summary>
    private const double NoLimit = 1e6;

    /// <summary>A value without braces and quotes: <c>logNormal, mean 1.7, sd 2.6</c>; numbers with up to six digits.</summary>
    /// <param name="node">The value.</param>
    /// <param name="path">The name of the property that has it, or a path that ends with it, where that is known.</param>
    internal static string Describe(JsonNode? node, string path = "") => node switch
    {
        null => "none",
        JsonObject entries => string.Join(", ", entries.Where(e => e.Value is not JsonArray { Count: 0 }).Select(e =>
            e.Key is "type" or "method" ? Describe(e.Value) : e.Value is JsonObject ? $"{e.Key} ({Describe(e.Value)})" : $"{e.Key} {Describe(e.Value, e.Key)}")),
        JsonArray list => string.Join(list.Any(e => e is JsonObject) ? "; " : ", ", list.Select(e => Describe(e))),
        JsonValue value when IsNoLimit(value, path) => "no limit",
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => "yes",
            JsonValueKind.False => "no",
            JsonValueKind.Number => Number(node.GetValue<double>()),
            _ => node.ToString(),
        },
    };

    private static bool IsNoLimit(JsonValue value, string path) =>
        (path.EndsWith("minimum", StringComparison.OrdinalIgnoreCase) || path.EndsWith("maximum", StringComparison.OrdinalIgnoreCase))
        && value.TryGetValue(out double number) && Math.Abs(number) == NoLimit;

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100_000 ? "0.#" : "G6", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>Everything in a scenario that is no object and no list of objects, with its path as <see cref="Calibrations.ParameterSource.Path"/> has
    /// it, in order.</summary>
    internal static IEnumerable<(string Path, JsonNode? Value)> Leaves(JsonNode? node, string path = "")
    {
        switch (node)
        {
            case JsonObject entries:
                return entries.SelectMany(e => Leaves(e.Value, path.Length == 0 ? e.Key : $"{path}.{e.Key}"));
            case JsonArray list when list.Any(e => e is JsonObject):
                return list.SelectMany((e, i) => Leaves(e, FormattableString.Invariant($"{path}[{i}]")));
            default:
                return [(path, node)];
        }
    }

    /// <summary>Whether a path is another one or below it.</summary>
    internal static bool IsAtOrBelow(string path, string above) =>
        path.StartsWith(above, StringComparison.Ordinal) && (path.Length == above.Length || path[above.Length] is '.' or '[');

    /// <summary>What stands at a path; null where there is nothing.</summary>
    internal static JsonNode? At(JsonNode root, string path)
    {
        JsonNode? node = root;
        foreach (string step in Steps(path))
        {
            node = step[0] != '['
                ? (node as JsonObject)?[step]
                : node is JsonArray list && Index(step) is int index && index < list.Count ? list[index] : null;
        }

        return node;
    }

    /// <summary>A path with names in place of positions, where the entries of a list have some, and those names.</summary>
    internal static (string Pattern, string Entries) Named(JsonNode root, string path)
    {
        JsonNode? node = root;
        string pattern = "";
        var entries = new List<string>();
        foreach (string step in Steps(path))
        {
            if (step[0] != '[')
            {
                node = (node as JsonObject)?[step];
                pattern += pattern.Length == 0 ? step : "." + step;
                continue;
            }

            int index = Index(step);
            node = node is JsonArray list && index < list.Count ? list[index] : null;
            pattern += "[]";
            entries.Add(NameOf(node as JsonObject) ?? FormattableString.Invariant($"{index + 1}"));
        }

        return (pattern, string.Join(", ", entries));
    }

    // An entry with a blank stratum stands for all that have none of their own.
    private static string? NameOf(JsonObject? entry) =>
        Namings.Select(key => entry?[key]?.ToString()).FirstOrDefault(name => name is { Length: > 0 })
        ?? (entry?["stratum"] is null ? null : "default");

    /// <summary>The names and positions that a path leads through, positions in brackets.</summary>
    internal static string[] Steps(string path) => path.Replace("[", ".[", StringComparison.Ordinal).Split('.');

    /// <summary>The position that a step in brackets gives.</summary>
    internal static int Index(string step) => int.Parse(step.AsSpan(1, step.Length - 2), CultureInfo.InvariantCulture);
}
