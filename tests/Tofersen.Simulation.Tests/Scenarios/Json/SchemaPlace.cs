using System.Text.Json.Nodes;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>A value in a scenario's JSON beside the part of the schema that describes it.</summary>
/// <param name="Key">Name of the definition and of the property.</param>
/// <param name="Path">Path of the value.</param>
/// <param name="Schema">The part of the schema.</param>
/// <param name="Value">The value.</param>
internal sealed record SchemaPlace(string Key, string Path, JsonObject Schema, JsonNode Value)
{
    private const string Prefix = "#/$defs/";

    /// <summary>All places of a whole scenario.</summary>
    internal static IEnumerable<SchemaPlace> Of(JsonObject definitions, JsonObject scenario) =>
        Walk(definitions, "scenario", definitions["scenario"]!.AsObject(), scenario, "$");

    private static IEnumerable<SchemaPlace> Walk(
        JsonObject definitions, string key, JsonObject schema, JsonNode value, string path)
    {
        (key, schema) = Resolve(definitions, key, schema, value);
        yield return new SchemaPlace(key, path, schema, value);
        if (schema["properties"] is JsonObject properties)
        {
            foreach ((string name, JsonNode? part) in value.AsObject())
            {
                JsonObject partSchema = properties[name]!.AsObject();
                foreach (SchemaPlace place in Walk(definitions, $"{key}.{name}", partSchema, part!, $"{path}.{name}"))
                {
                    yield return place;
                }
            }
        }
        else if (value is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                foreach (SchemaPlace place in Walk(definitions, key, schema["items"]!.AsObject(), list[i]!, $"{path}[{i}]"))
                {
                    yield return place;
                }
            }
        }
    }

    /// <summary>Follows references and chooses the case of a union by its constant.</summary>
    private static (string Key, JsonObject Schema) Resolve(
        JsonObject definitions, string key, JsonObject schema, JsonNode value)
    {
        while (true)
        {
            if (schema["$ref"] is { } reference)
            {
                key = reference.GetValue<string>()[Prefix.Length..];
                schema = definitions[key]!.AsObject();
            }
            else if (schema["oneOf"] is JsonArray cases)
            {
                schema = cases.Select(c => c!.AsObject()).Single(c => IsCase(definitions, c, value));
            }
            else
            {
                return (key, schema);
            }
        }
    }

    private static bool IsCase(JsonObject definitions, JsonObject reference, JsonNode value)
    {
        string key = reference["$ref"]!.GetValue<string>()[Prefix.Length..];
        return definitions[key]!["properties"]!.AsObject().Any(p =>
            p.Value!["const"] is { } constant && JsonNode.DeepEquals(constant, value[p.Key]));
    }
}
