using System.Text.Json.Nodes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>A scenario beside a preset: which numbers are the preset's, with their sources, and which are not.</summary>
internal sealed class PresetComparison
{
    private readonly JsonObject _scenario;
    private readonly JsonObject _preset;

    internal PresetComparison(JsonObject scenario, Preset preset)
    {
        Preset = preset;
        _scenario = scenario;
        _preset = JsonNode.Parse(Scenarios.ScenarioJson.Write(preset.Scenario))!.AsObject();
        Changes = [.. FindChanges()];
        Sources = [.. FindSources()];
    }

    internal Preset Preset { get; }

    /// <summary>What differs from the preset, by path: the preset's value and the scenario's.</summary>
    internal ValueList<(string Path, string Old, string New)> Changes { get; }

    /// <summary>Numbers of the preset that the scenario has, with their source. Entries of a list, such as strata, that have the same one share a
    /// row.</summary>
    internal ValueList<(string Path, string Values, SourceKind Kind, string Citation)> Sources { get; }

    /// <summary>Whether the scenario's analyses are the preset's.</summary>
    internal bool HasSameAnalyses => AreEqual(_scenario["analyses"], _preset["analyses"]);

    /// <summary>The preset that shares most numbers with a scenario; null where none shares half of them.</summary>
    internal static Preset? Nearest(JsonObject scenario)
    {
        Dictionary<string, string> leaves = Assumptions(scenario).ToDictionary(l => l.Path, l => Text(l.Value));
        (Preset? nearest, int most) = (null, 0);
        foreach (Preset preset in Presets.All)
        {
            JsonObject json = JsonNode.Parse(Scenarios.ScenarioJson.Write(preset.Scenario))!.AsObject();
            int shared = Assumptions(json).Count(l => leaves.TryGetValue(l.Path, out string? value) && value == Text(l.Value));
            if (shared > most || (shared == most && preset.Name == scenario["name"]!.ToString()))
            {
                (nearest, most) = (preset, shared);
            }
        }

        return 2 * most >= leaves.Count ? nearest : null;
    }

    private IEnumerable<(string Path, string Old, string New)> FindChanges()
    {
        Dictionary<string, JsonNode?> preset = Assumptions(_preset).ToDictionary(l => l.Path, l => l.Value);
        foreach ((string path, JsonNode? value) in Assumptions(_scenario))
        {
            if (!preset.Remove(path, out JsonNode? old))
            {
                yield return (Display(_scenario, path), "–", JsonValues.Describe(value));
            }
            else if (!AreEqual(old, value))
            {
                (string before, string after) = (JsonValues.Describe(old), JsonValues.Describe(value));
                yield return before == after
                    ? (Display(_scenario, path), Text(old), Text(value))
                    : (Display(_scenario, path), before, after);
            }
        }

        foreach ((string path, JsonNode? old) in preset)
        {
            yield return (Display(_preset, path), JsonValues.Describe(old), "–");
        }
    }

    private IEnumerable<(string Path, string Values, SourceKind Kind, string Citation)> FindSources() =>
        from source in Preset.Sources
        let value = JsonValues.At(_scenario, source.Path)
        where value is not null && AreEqual(value, JsonValues.At(_preset, source.Path))
        let named = JsonValues.Named(_scenario, source.Path)
        group (named.Entries, Value: Value(source.Path, value)) by (named.Pattern, source.Kind, source.Citation) into row
        let entries = row.ToArray()
        let name = entries.Length == 1 && entries[0].Entries.Length > 0
            ? row.Key.Pattern.Replace("[]", $"[{entries[0].Entries}]", StringComparison.Ordinal)
            : row.Key.Pattern
        let values = entries.Length == 1 ? entries[0].Value : OfEach(entries)
        select (name, values, row.Key.Kind, row.Key.Citation);

    // One value where all have the same, and else each with the name of its entry.
    private static string OfEach((string Entries, string Value)[] entries) => entries.All(e => e.Value == entries[0].Value)
        ? $"{entries[0].Value} ({string.Join("; ", entries.Select(e => e.Entries))})"
        : string.Join("; ", entries.Select(e => $"{e.Entries}: {e.Value}"));

    // The analyses are listed elsewhere.
    private static string Value(string path, JsonNode value) => path == "analyses" ? "as listed above" : JsonValues.Describe(value);

    private static string Display(JsonObject root, string path)
    {
        (string pattern, string entries) = JsonValues.Named(root, path);
        return entries.Length == 0 ? pattern : $"{pattern} ({entries})";
    }

    // All but names, and how the trial is analysed.
    private static IEnumerable<(string Path, JsonNode? Value)> Assumptions(JsonObject scenario) => JsonValues.Leaves(scenario).Where(l =>
        !IsName(l.Path) && !JsonValues.IsAtOrBelow(l.Path, "analyses") && !JsonValues.IsAtOrBelow(l.Path, "sequential"));

    private static bool IsName(string path) =>
        path is "version" or "description" || path.EndsWith("name", StringComparison.Ordinal) || path.EndsWith("Name", StringComparison.Ordinal);

    private static bool AreEqual(JsonNode? first, JsonNode? second) => Text(first) == Text(second);

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
