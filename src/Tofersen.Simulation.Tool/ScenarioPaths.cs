using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tofersen.Simulation.Tool;

/// <summary>Paths of properties in a scenario's JSON, as --vary and --prior take them.</summary>
internal static class ScenarioPaths
{
    /// <summary>Paths of all numbers: entries of lists by name where they have one, and else by position.</summary>
    /// <param name="json">A whole scenario.</param>
    internal static IEnumerable<string> Numbers(string json) => Under(JsonNode.Parse(json)!, "").Where(path => path != "version");

    private static IEnumerable<string> Under(JsonNode? node, string path) => node switch
    {
        JsonObject entries => entries.SelectMany(e => Under(e.Value, path.Length == 0 ? e.Key : $"{path}.{e.Key}")),
        JsonArray list => list.SelectMany((entry, i) => Under(entry, Entry(entry, path, i))),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => [path],
        _ => [],
    };

    private static string Entry(JsonNode? entry, string path, int position) =>
        entry is JsonObject named && named["name"] is JsonValue name && name.TryGetValue(out string? text) && text.All(c => char.IsLetterOrDigit(c) || c == '-')
            ? $"{path}.{text}"
            : string.Create(CultureInfo.InvariantCulture, $"{path}[{position}]");
}
