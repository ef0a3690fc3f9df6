using System.Text.Json.Nodes;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>Takes from the JSON of an analysis what the format would add by itself.</summary>
internal static class SchemaDefaults
{
    private static readonly Lazy<JsonObject> Definitions = new(() => JsonNode.Parse(ScenarioJson.Schema())!["$defs"]!.AsObject());

    /// <summary>The properties that are not at their defaults and not empty, of the object and of those in it.</summary>
    internal static JsonObject Without(JsonObject form)
    {
        JsonObject? properties = Definition(form);
        var kept = new JsonObject();
        foreach ((string name, JsonNode? value) in form)
        {
            // Covariates are told even where they are the usual ones: readers look for them.
            if (value is JsonArray { Count: 0 } || (name != "covariates" && value is not null && JsonNode.DeepEquals(value, properties?[name]?["default"])))
            {
                continue;
            }

            kept[name] = value switch
            {
                JsonObject part => Without(part),
                _ => value?.DeepClone(),
            };
        }

        return kept;
    }

    // What a kind of object may have is told by its method or type, or else by all its names.
    private static JsonObject? Definition(JsonObject form) => Definitions.Value
        .Where(d => !d.Key.EndsWith("Change", StringComparison.Ordinal))
        .Select(d => d.Value!["properties"] as JsonObject)
        .Where(p => p is not null && form.All(e => p.ContainsKey(e.Key)))
        .FirstOrDefault(p => ((string[])["method", "type"]).All(key => form[key]?.ToString() == p![key]?["const"]?.ToString()));
}
