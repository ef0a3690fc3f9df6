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
        int count = JsonValues.Leaves(scenario).Count(l => IsAssumption(l.Path));
        (Preset? nearest, int most) = (null, 0);
        foreach (Preset preset in Presets.All)
        {
            JsonObject json = JsonNode.Parse(Scenarios.ScenarioJson.Write(preset.Scenario))!.AsObject();
            int shared = JsonMatch.Pairs(json, scenario).Count(p => p is { OldPath: not null, Path: { } path } && IsAssumption(path) && AreEqual(p.Old, p.Present));
            if (shared > most || (shared == most && (preset.Name == scenario["name"]!.ToString() || scenario["name"]!.ToString() == $"{preset.Name}, changed")))
            {
                (nearest, most) = (preset, shared);
            }
        }

        return 2 * most >= count ? nearest : null;
    }

    private IEnumerable<(string Path, string Old, string New)> FindChanges()
    {
        foreach (JsonPair pair in JsonMatch.Pairs(_preset, _scenario).Where(p => IsAssumption(p.Path ?? p.OldPath!)))
        {
            if (pair.OldPath is null)
            {
                yield return (Display(_scenario, pair.Path!), pair.IsEntry ? "not in the preset" : "–", JsonValues.Describe(pair.Present, pair.Path!));
            }
            else if (pair.Path is null)
            {
                yield return (Display(_preset, pair.OldPath), JsonValues.Describe(pair.Old, pair.OldPath), pair.IsEntry ? "left out" : "–");
            }
            else if (!AreEqual(pair.Old, pair.Present))
            {
                (string before, string after) = (JsonValues.Describe(pair.Old), JsonValues.Describe(pair.Present, pair.Path!));
                yield return before == after
                    ? (Display(_scenario, pair.Path), Text(pair.Old), Text(pair.Present))
                    : (Display(_scenario, pair.Path), before, after);
            }
        }
    }

    private IEnumerable<(string Path, string Values, SourceKind Kind, string Citation)> FindSources() =>
        from source in Preset.Sources
        let path = JsonMatch.Counterpart(_preset, source.Path, _scenario)
        where path is not null
        let value = JsonValues.At(_scenario, path)
        where value is not null && AreEqual(value, JsonValues.At(_preset, source.Path))
        let named = JsonValues.Named(_scenario, path)
        group (named.Entries, Value: Value(path, value)) by (named.Pattern, source.Kind, source.Citation) into row
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
    private static string Value(string path, JsonNode value) => path == "analyses" ? "as listed above" : JsonValues.Describe(value, path);

    private static string Display(JsonObject root, string path)
    {
        (string pattern, string entries) = JsonValues.Named(root, path);
        return entries.Length == 0 ? pattern : $"{pattern} ({entries})";
    }

    // All but names, and how the trial is analysed.
    private static bool IsAssumption(string path) =>
        !IsName(path) && !JsonValues.IsAtOrBelow(path, "analyses") && !JsonValues.IsAtOrBelow(path, "sequential");

    private static bool IsName(string path) =>
        path is "version" or "description" || path.EndsWith("name", StringComparison.Ordinal) || path.EndsWith("Name", StringComparison.Ordinal);

    private static bool AreEqual(JsonNode? first, JsonNode? second) => Text(first) == Text(second);

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";
}
