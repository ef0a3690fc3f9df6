using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>A number within a range; the range is for the schema, the specification itself checks it.</summary>
internal sealed class NumberShape(double minimum, double maximum, bool aboveMinimum = false) : IShape
{
    public object Read(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw new ScenarioFormatException(
                path, $"{Texts.Describe(element)} is not {Expected}.");

    public string Expected => FormattableString.Invariant($"a number in {(aboveMinimum ? "(" : "[")}{minimum}, {maximum}]");

    public JsonNode Write(object value) => JsonValue.Create((double)value);

    public JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "number",
        [aboveMinimum ? "exclusiveMinimum" : "minimum"] = minimum,
        ["maximum"] = maximum,
    };
}

/// <summary>A whole number within a range.</summary>
internal sealed class IntegerShape(int minimum, int maximum) : IShape
{
    public object Read(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double value) && value == Math.Floor(value)
        && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new ScenarioFormatException(
                path, $"{Texts.Describe(element)} is not {Expected}.")
            {
                IsAboutWholeNumbers = element.ValueKind == JsonValueKind.Number,
            };

    public string Expected => FormattableString.Invariant($"a whole number in [{minimum}, {maximum}]");

    public JsonNode Write(object value) => JsonValue.Create((int)value);

    public JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "integer",
        ["minimum"] = minimum,
        ["maximum"] = maximum,
    };
}

/// <summary>A text.</summary>
/// <param name="mayBeEmpty">Whether it may be empty.</param>
/// <param name="mayBeNumber">Whether a number stands for its text: a visit 28 for "28".</param>
internal sealed class TextShape(bool mayBeEmpty = false, bool mayBeNumber = false) : IShape
{
    public object Read(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number when mayBeNumber => element.GetRawText(),
        _ => throw new ScenarioFormatException(path, $"{Texts.Describe(element)} is not a text."),
    };

    public string Expected => "a text";

    public JsonNode Write(object value) => JsonValue.Create((string)value);

    public JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = mayBeNumber ? new JsonArray("string", "number") : "string" };
        if (!mayBeEmpty)
        {
            schema["minLength"] = 1;
        }

        return schema;
    }
}

/// <summary>True or false.</summary>
internal sealed class FlagShape : IShape
{
    public object Read(JsonElement element, string path) =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? element.GetBoolean()
            : throw new ScenarioFormatException(path, $"{Texts.Describe(element)} is neither true nor false.");

    public string Expected => "true or false";

    public JsonNode Write(object value) => JsonValue.Create((bool)value);

    public JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "boolean" };
}

/// <summary>One of the names of an enumeration, in camel case.</summary>
/// <param name="values">The values that are valid; all of the enumeration where there are none.</param>
internal sealed class ChoiceShape<T>(params T[] values) : IShape
    where T : struct, Enum
{
    private T[] Values { get; } = values.Length > 0 ? values : Enum.GetValues<T>();

    public object Read(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            foreach (T value in Values)
            {
                if (element.ValueEquals(Texts.CamelCase(value.ToString())))
                {
                    return value;
                }
            }
        }

        string hint = element.ValueKind == JsonValueKind.String ? Texts.Nearest(element.GetString()!, Names) : "";
        throw new ScenarioFormatException(path, $"{Texts.Describe(element)} is not {Expected}.{hint}");
    }

    public string Expected => $"one of {string.Join(", ", Names)}";

    private IEnumerable<string> Names => Values.Select(v => Texts.CamelCase(v.ToString()));

    public JsonNode Write(object value) => JsonValue.Create(Texts.CamelCase(((T)value).ToString()));

    public JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["enum"] = new JsonArray([.. Values.Select(v => (JsonNode)JsonValue.Create(Texts.CamelCase(v.ToString())))]),
    };
}

/// <summary>A list of values of one shape.</summary>
internal sealed class ListShape<T>(IShape item, Func<T, string>? nameOf = null) : IPartShape
    where T : notnull
{
    public object Read(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            string hint = element.ValueKind != JsonValueKind.String ? ""
                : typeof(T) == typeof(double) || typeof(T) == typeof(int) ? $" Write numbers in brackets, {NumbersOf(element.GetString()!) ?? "[0, 4, 8]"}."
                : $" Write [{Texts.Shorten(element.GetRawText())}].";
            throw new ScenarioFormatException(path, $"{Texts.Describe(element)} is not a list.{hint}");
        }

        var items = new List<T>();
        foreach (JsonElement entry in element.EnumerateArray())
        {
            items.Add((T)item.Read(entry, FormattableString.Invariant($"{path}[{items.Count}]")));
        }

        return Common.ValueList.Create<T>(items.ToArray());
    }

    public string Expected => "a list";

    // The numbers that a text has, with commas, semicolons or blanks between them; null where it has others than numbers.
    private static string? NumbersOf(string text)
    {
        string[] numbers = text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return numbers.Length is > 0 and <= 30 && numbers.All(n => double.TryParse(n, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value))
            ? $"[{string.Join(", ", numbers)}]"
            : null;
    }

    public object With(object value, ReadOnlySpan<object> keys, JsonElement part, string path)
    {
        T[] items = [.. (Common.ValueList<T>)value];
        int position = (int)keys[0];
        string here = FormattableString.Invariant($"{path}[{position}]");
        items[position] = keys.Length == 1
            ? (T)item.Read(part, here)
            : (T)((IPartShape)item).With(items[position], keys[1..], part, here);
        return Common.ValueList.Create<T>(items);
    }

    public JsonNode Write(object value) =>
        new JsonArray([.. ((Common.ValueList<T>)value).Select(i => item.Write(i))]);

    public JsonObject Schema(SchemaDefinitions definitions)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item.Schema(definitions) };
        if (!definitions.IsPatch || nameOf is null)
        {
            return list;
        }

        // A change may address the entries of a named list by their names.
        return new JsonObject
        {
            ["anyOf"] = new JsonArray(
                list, new JsonObject { ["type"] = "object", ["additionalProperties"] = item.Schema(definitions) }),
        };
    }
}
