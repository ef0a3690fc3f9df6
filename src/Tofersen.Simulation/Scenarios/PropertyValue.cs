using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Scenarios.Json;

namespace Tofersen.Simulation.Scenarios;

/// <summary>A value of a property of a scenario, as in its JSON: a number, a text, true or false, null, or a whole object or list.</summary>
public readonly record struct PropertyValue
{
    private readonly string? _json;

    private PropertyValue(string json) => _json = json;

    /// <summary>The value as JSON.</summary>
    public string Json => _json ?? "null";

    /// <summary>The number that the value is; null where it is none.</summary>
    public double? Number => double.TryParse(Json, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    internal JsonNode? Node => JsonNode.Parse(Json);

    /// <summary>A number.</summary>
    /// <param name="number">The number; finite.</param>
    public static implicit operator PropertyValue(double number) => FromNumber(number);

    /// <summary>A text, also where it looks like something else.</summary>
    /// <param name="text">The text.</param>
    public static implicit operator PropertyValue(string text) => FromText(text);

    /// <summary>True or false.</summary>
    /// <param name="flag">The value.</param>
    public static implicit operator PropertyValue(bool flag) => FromFlag(flag);

    /// <summary>A number.</summary>
    /// <param name="number">The number; finite.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite.</exception>
    public static PropertyValue FromNumber(double number) => double.IsFinite(number)
        ? new PropertyValue(JsonValue.Create(number).ToJsonString())
        : throw new ArgumentOutOfRangeException(nameof(number), number, "Must be finite.");

    /// <summary>A text, also where it looks like something else.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The value.</returns>
    public static PropertyValue FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new PropertyValue(JsonValue.Create(text).ToJsonString());
    }

    /// <summary>True or false.</summary>
    /// <param name="flag">The value.</param>
    /// <returns>The value.</returns>
    public static PropertyValue FromFlag(bool flag) => new(flag ? "true" : "false");

    /// <summary>Reads what somebody typed: JSON where it is JSON, such as <c>0.4</c>, <c>true</c>, <c>null</c> or <c>{"type":"none"}</c>;
    /// otherwise a text.</summary>
    /// <param name="text">What was typed; not blank.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">It is blank.</exception>
    public static PropertyValue Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return new PropertyValue(JsonSerializer.Serialize(document.RootElement, JsonTypes.Default.JsonElement));
        }
        catch (JsonException)
        {
            // Not JSON, then: a name such as mar.
            return FromText(text.Trim());
        }
    }

    /// <summary>The value as people write it: texts without quotation marks.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Node is JsonValue value && value.TryGetValue(out string? text) ? text : Json;
}
