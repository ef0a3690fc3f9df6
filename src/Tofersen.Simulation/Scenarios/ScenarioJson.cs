using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Scenarios.Json;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Scenarios as JSON, version 1: strict, exact in both directions, with a schema made from the same description.</summary>
/// <remarks>
/// <para>A file may name a base and say only what differs. Objects are merged property by property; a list replaces the base's list,
/// or, written as an object, changes its named entries: <c>"strata": { "fast": { "residualSd": 2 } }</c>. An object with another
/// <c>type</c> or <c>method</c> replaces the base's object; null takes away looks, enrolment, rescue, stopping, items and intermittent
/// missingness. A change without a name of its own is called after its base, "valor, changed", and has no description but its own.</para>
/// </remarks>
public static class ScenarioJson
{
    /// <summary>Version of the format.</summary>
    public const int Version = 1;

    internal const string SchemaDialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // What a scenario may be without: null in a change takes it away from what the base has.
    private static readonly string[] Removable =
    [
        "$.sequential", "$.design.enrolment", "$.design.rescue", "$.observation.stopTreatment", "$.observation.intermittentMissingness", "$.observation.items",
    ];

    /// <summary>Reads a scenario.</summary>
    /// <param name="json">The text of a scenario file.</param>
    /// <param name="findBase">Finds the scenario that a name given as <c>base</c> stands for; null where there is none.</param>
    /// <param name="baseNames">Names that <paramref name="findBase"/> knows, for the message.</param>
    /// <returns>The scenario, whose parts fit together.</returns>
    /// <exception cref="ScenarioFormatException">The text is not a scenario; the message says where and why.</exception>
    public static Scenario Read(string json, Func<string, Scenario?>? findBase = null, IEnumerable<string>? baseNames = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonObject root = Parse(json);
        CheckVersion(root);
        if (root.Remove("base", out JsonNode? baseName))
        {
            Scenario scenario = FindBase(baseName, findBase, baseNames ?? []);
            JsonObject merged = Shapes.Scenario.Write(scenario).AsObject();
            JsonObject own = root.DeepClone().AsObject();
            Merge(merged, root, "$");
            NameAnew(merged, own, scenario);
            Scenario changed = ReadWhole(merged);
            try
            {
                Validate(changed);
                return changed;
            }
            catch (ScenarioFormatException exception) when (IsOfTheBase(exception.Path, own))
            {
                throw new ScenarioFormatException(
                    exception.Path,
                    $"{exception.Message[(exception.Path.Length + 2)..]} This part is the base's: it does not go with what the file changes; give it in the file, too.",
                    exception);
            }
        }

        Scenario whole = ReadAlone(root, baseNames ?? []);
        Validate(whole);
        return whole;
    }

    // What differs from the base is neither called nor described as the base is.
    private static void NameAnew(JsonObject merged, JsonObject own, Scenario scenario)
    {
        if (own.Count == 0)
        {
            return;
        }

        if (!own.ContainsKey("name"))
        {
            merged["name"] = $"{scenario.Name}, changed";
        }

        if (!own.ContainsKey("description"))
        {
            merged.Remove("description");
        }
    }

    // A file that lacks one of the great parts was likely meant to change a base.
    private static Scenario ReadAlone(JsonObject root, IEnumerable<string> baseNames)
    {
        try
        {
            return ReadWhole(root);
        }
        catch (ScenarioFormatException exception) when (exception.Path.Split('.') is ["$", var part] && !root.ContainsKey(part) && baseNames.Any())
        {
            throw new ScenarioFormatException(
                exception.Path,
                $"{exception.Message[(exception.Path.Length + 2)..]} A file without a 'base' must have every part; to change a preset, name it in 'base': {string.Join(", ", baseNames)}.",
                exception);
        }
    }

    private static Scenario ReadWhole(JsonObject root)
    {
        // Paths begin at $, whichever of base and file a value comes from.
        using JsonDocument document = JsonDocument.Parse(root.ToJsonString());
        return (Scenario)Shapes.Scenario.Read(document.RootElement, "$");
    }

    // Whether the file says nothing at all about the list that a path leads into, or about its first property.
    private static bool IsOfTheBase(string path, JsonObject own)
    {
        JsonNode? node = own;
        string[] steps = path.Split('[')[0].Split('.');
        for (int s = 1; s < (path.Contains('[', StringComparison.Ordinal) ? steps.Length : Math.Min(2, steps.Length)); s++)
        {
            if (node is not JsonObject entries)
            {
                return false;
            }

            if (!entries.TryGetPropertyValue(steps[s], out node))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Name of the base that a scenario file builds on.</summary>
    /// <param name="json">The text of a scenario file.</param>
    /// <returns>The name; null where the file stands alone.</returns>
    /// <exception cref="ScenarioFormatException">The text is not a JSON object.</exception>
    public static string? BaseOf(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(json)["base"] is JsonValue value && value.TryGetValue(out string? name) ? name : null;
    }

    /// <summary>Writes a scenario; <see cref="Read"/> gives an equal one back.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <returns>Indented JSON, ending with a line feed.</returns>
    /// <exception cref="NotSupportedException">The scenario holds a model that is not the library's own.</exception>
    public static string Write(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        JsonObject json = Shapes.Scenario.Write(scenario).AsObject();
        json.Insert(0, "version", Version);
        return ToText(json);
    }

    /// <summary>Writes a scenario where it has a form in JSON.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <returns>Indented JSON; null where the scenario holds a model that is not the library's own.</returns>
    public static string? TryWrite(Scenario scenario)
    {
        try
        {
            return Write(scenario);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The JSON Schema of scenario files.</summary>
    /// <returns>A schema of draft 2020-12, indented, ending with a line feed.</returns>
    public static string Schema()
    {
        var whole = new SchemaDefinitions(isPatch: false);
        var patch = new SchemaDefinitions(isPatch: true);
        JsonObject wholeReference = Shapes.Scenario.Schema(whole);
        JsonObject patchReference = Shapes.Scenario.Schema(patch);
        JsonObject scenario = whole.Definitions["scenario"]!.AsObject();
        scenario["properties"]!.AsObject().Insert(0, "version", new JsonObject { ["const"] = Version });
        scenario["required"]!.AsArray().Insert(0, "version");
        JsonObject change = patch.Definitions["scenarioChange"]!.AsObject();
        change["properties"]!.AsObject().Insert(0, "version", new JsonObject { ["const"] = Version });
        change["properties"]!.AsObject().Insert(1, "base", new JsonObject { ["type"] = "string" });
        change["required"] = new JsonArray("version", "base");
        JsonObject definitions = whole.Definitions;
        foreach ((string key, JsonNode? value) in patch.Definitions)
        {
            definitions[key] = value!.DeepClone();
        }

        return ToText(new JsonObject
        {
            ["$schema"] = SchemaDialect,
            ["title"] = "Tofersen.Simulation scenario",
            ["description"] = "A whole scenario, or a base with what differs from it.",
            ["if"] = new JsonObject { ["required"] = new JsonArray("base") },
            ["then"] = patchReference,
            ["else"] = wholeReference,
            ["$defs"] = definitions,
        });
    }

    internal static string ToText(JsonNode json)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    internal static JsonObject Parse(string json) => JsonSource.Parse(json);

    private static void CheckVersion(JsonObject root)
    {
        if (!root.Remove("version", out JsonNode? version))
        {
            throw new ScenarioFormatException("$.version", FormattableString.Invariant($"is missing; it must be {Version}."));
        }

        if (version is not JsonValue value || !value.TryGetValue(out int number) || number != Version)
        {
            throw new ScenarioFormatException(
                "$.version",
                FormattableString.Invariant($"{Texts.Shorten(version?.ToJsonString() ?? "null")} is not a version that is known; it must be {Version}."));
        }
    }

    private static Scenario FindBase(JsonNode? node, Func<string, Scenario?>? findBase, IEnumerable<string> names)
    {
        if (node is JsonValue value && value.TryGetValue(out string? name))
        {
            return findBase?.Invoke(name) ?? throw new ScenarioFormatException(
                "$.base", $"there is no preset '{Texts.Shorten(name)}'; there are {string.Join(", ", names)}.{Texts.Nearest(name, names)}");
        }

        throw new ScenarioFormatException("$.base", "is not a text.");
    }

    private static void Merge(JsonObject target, JsonObject changes, string path)
    {
        foreach ((string name, JsonNode? change) in changes.ToArray())
        {
            string here = $"{path}.{Texts.Shorten(name)}";
            JsonNode? old = target[name];
            changes.Remove(name);
            if (old is JsonObject oldObject && change is JsonObject changeObject && !ChangesType(oldObject, changeObject))
            {
                Merge(oldObject, changeObject, here);
            }
            else if (old is JsonArray list && change is JsonObject byName)
            {
                MergeNamed(list, byName, here);
            }
            else if (change is null && Removable.Contains(here))
            {
                target.Remove(name);
            }
            else
            {
                target[name] = change;
            }
        }
    }

    private static bool ChangesType(JsonObject old, JsonObject change)
    {
        foreach (string discriminator in (ReadOnlySpan<string>)["type", "method"])
        {
            if (change[discriminator] is { } kind && kind.ToJsonString() != old[discriminator]?.ToJsonString())
            {
                return true;
            }
        }

        return false;
    }

    private static void MergeNamed(JsonArray list, JsonObject changes, string path)
    {
        string[] names = [.. list.Select(e => e is JsonObject o && o["name"] is JsonValue v ? v.GetValue<string>() : "")];
        foreach ((string name, JsonNode? change) in changes.ToArray())
        {
            string here = $"{path}.{Texts.Shorten(name)}";
            int index = Array.IndexOf(names, name);
            if (index < 0 || name.Length == 0)
            {
                string known = string.Join(", ", names.Where(n => n.Length > 0));
                throw new ScenarioFormatException(
                    here, known.Length > 0 ? $"the base has no such entry; it has {known}. To add or leave out entries give a whole list.{Texts.Nearest(name, names)}" : "the base's list has no named entries; give a list.");
            }

            if (change is not JsonObject changeObject)
            {
                throw new ScenarioFormatException(here, "is not an object.");
            }

            JsonObject old = list[index]!.AsObject();
            if (!ChangesType(old, changeObject))
            {
                Merge(old, changeObject, here);
                continue;
            }

            // Of another type nothing but the name stays, as of other objects.
            changes.Remove(name);
            changeObject.TryAdd("name", name);
            list[index] = changeObject;
        }
    }

    private static void Validate(Scenario scenario)
    {
        string path = "$.design";
        string what = "";
        string part = "";
        try
        {
            scenario.Design.Validate();
            path = "$";
            (scenario with { Analyses = [], Sequential = null }).Validate();
            for (int i = 0; i < scenario.Analyses.Count; i++)
            {
                path = FormattableString.Invariant($"$.analyses[{i}]");
                what = $"'{scenario.Analyses[i].Name}': ";
                _ = scenario.Analyses[i].CreateWorker(scenario.Layout);
            }

            (path, what) = ("$.sequential", "");
            scenario.Sequential?.Validate(scenario, ref part);
        }
        catch (ArgumentException exception)
        {
            throw new ScenarioFormatException(path + part, what + Texts.Problem(exception), exception);
        }
    }
}
