using System.Globalization;
using System.Text.Json.Nodes;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>A validator for the part of JSON Schema 2020-12 that the scenario schema uses; any other keyword is an error of the
/// test.</summary>
internal sealed class SchemaValidator(JsonObject root)
{
    private static readonly HashSet<string> Annotations =
        ["$schema", "$defs", "title", "description", "default", "then", "else"];

    /// <summary>What does not conform, a line each; empty for a value that conforms.</summary>
    internal List<string> Validate(JsonNode? value) => Check(root, value, "$");

    private List<string> Check(JsonObject schema, JsonNode? value, string path)
    {
        var errors = new List<string>();
        foreach ((string keyword, JsonNode? argument) in schema)
        {
            if (!Annotations.Contains(keyword))
            {
                errors.AddRange(CheckKeyword(schema, keyword, argument!, value, path));
            }
        }

        return errors;
    }

    private IEnumerable<string> CheckKeyword(JsonObject schema, string keyword, JsonNode argument, JsonNode? value, string path) =>
        keyword switch
        {
            "$ref" => Check(Target(argument.GetValue<string>()), value, path),
            "type" => Unless(IsOfType(argument.GetValue<string>(), value), path, $"is no {argument}"),
            "const" => Unless(JsonNode.DeepEquals(argument, value), path, $"is not {argument}"),
            "enum" => Unless(argument.AsArray().Any(a => JsonNode.DeepEquals(a, value)), path, "is none of the choices"),
            "minimum" => Compare(value, v => v >= Number(argument), path, "is too small"),
            "exclusiveMinimum" => Compare(value, v => v > Number(argument), path, "is too small"),
            "maximum" => Compare(value, v => v <= Number(argument), path, "is too large"),
            "minLength" => Unless(
                value is not JsonValue v || !v.TryGetValue(out string? text)
                    || new StringInfo(text).LengthInTextElements >= argument.GetValue<int>(),
                path,
                "is too short"),
            "required" => argument.AsArray().SelectMany(name => Unless(
                value is not JsonObject o || o.ContainsKey(name!.GetValue<string>()), path, $"lacks {name}")),
            "properties" => Properties(argument.AsObject(), value, path),
            "additionalProperties" => Additional(schema, argument, value, path),
            "items" => value is JsonArray list
                ? list.SelectMany((item, i) => Check(argument.AsObject(), item, $"{path}[{i}]"))
                : [],
            "oneOf" => Choose(argument.AsArray(), value, path, count => count == 1),
            "anyOf" => Choose(argument.AsArray(), value, path, count => count >= 1),
            "if" => Check(
                schema[Check(argument.AsObject(), value, path).Count == 0 ? "then" : "else"]!.AsObject(), value, path),
            _ => throw new NotSupportedException($"The schema uses the keyword '{keyword}', which this validator does not know."),
        };

    private JsonObject Target(string reference)
    {
        JsonNode node = root;
        foreach (string step in reference.Split('/')[1..])
        {
            node = node[step] ?? throw new InvalidOperationException($"{reference} refers to nothing.");
        }

        return node.AsObject();
    }

    private IEnumerable<string> Properties(JsonObject properties, JsonNode? value, string path) =>
        value is JsonObject o
            ? o.Where(p => properties.ContainsKey(p.Key))
                .SelectMany(p => Check(properties[p.Key]!.AsObject(), p.Value, $"{path}.{p.Key}"))
            : [];

    private IEnumerable<string> Additional(JsonObject schema, JsonNode argument, JsonNode? value, string path)
    {
        var known = schema["properties"] as JsonObject;
        IEnumerable<KeyValuePair<string, JsonNode?>> others =
            (value as JsonObject ?? []).Where(p => known is null || !known.ContainsKey(p.Key));
        return argument is JsonObject other
            ? others.SelectMany(p => Check(other, p.Value, $"{path}.{p.Key}"))
            : others.SelectMany(p => Unless(argument.GetValue<bool>(), path, $"must not have {p.Key}"));
    }

    private IEnumerable<string> Choose(JsonArray schemas, JsonNode? value, string path, Func<int, bool> accepts)
    {
        List<string>[] outcomes = [.. schemas.Select(s => Check(s!.AsObject(), value, path))];
        return accepts(outcomes.Count(o => o.Count == 0))
            ? []
            : [$"{path} fits {outcomes.Count(o => o.Count == 0)} of the cases: {string.Join(" | ", outcomes.SelectMany(o => o))}"];
    }

    private static bool IsOfType(string type, JsonNode? value) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        "number" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number && double.IsInteger(Number(value)),
        _ => throw new NotSupportedException($"The schema uses the type '{type}', which this validator does not know."),
    };

    private static IEnumerable<string> Compare(JsonNode? value, Func<double, bool> holds, string path, string problem) =>
        Unless(value?.GetValueKind() != System.Text.Json.JsonValueKind.Number || holds(Number(value!)), path, problem);

    private static double Number(JsonNode value) => value.GetValue<double>();

    private static IEnumerable<string> Unless(bool condition, string path, string problem) =>
        condition ? [] : [$"{path} {problem}"];
}
