using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>One of several records, told apart by a property such as <c>type</c>.</summary>
internal sealed class UnionShape<TBase>(string name, string discriminator) : IPartShape
    where TBase : notnull
{
    private readonly List<(string Name, Func<object, bool> Matches, IPartShape Shape)> _cases = [];

    internal UnionShape<TBase> Case<T>(RecordShape<T> shape)
        where T : TBase
    {
        shape.Discriminator = discriminator;
        _cases.Add((shape.Name, value => value is T, shape));
        return this;
    }

    public object Read(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new ScenarioFormatException(path, $"{Texts.Describe(element)} is not {Expected}.");
        }

        if (!element.TryGetProperty(discriminator, out JsonElement kind))
        {
            throw new ScenarioFormatException($"{path}.{discriminator}", $"is missing; it must be one of {Names}.");
        }

        foreach ((string caseName, _, IPartShape shape) in _cases)
        {
            if (kind.ValueKind == JsonValueKind.String && kind.ValueEquals(caseName))
            {
                return shape.Read(element, path);
            }
        }

        string hint = kind.ValueKind == JsonValueKind.String
            ? Texts.Nearest(kind.GetString()!, _cases.Select(c => c.Name))
            : "";
        throw new ScenarioFormatException($"{path}.{discriminator}", $"{Texts.Describe(kind)} is not one of {Names}.{hint}");
    }

    public string Expected => $"an object whose {discriminator} is one of {Names}";

    public JsonNode Write(object value)
    {
        (string caseName, _, IPartShape shape) = CaseOf(value);
        JsonObject json = shape.Write(value).AsObject();
        json.Insert(0, discriminator, caseName);
        return json;
    }

    public object With(object value, ReadOnlySpan<object> keys, JsonElement part, string path) =>
        CaseOf(value).Shape.With(value, keys, part, path);

    private (string Name, Func<object, bool> Matches, IPartShape Shape) CaseOf(object value)
    {
        int position = _cases.FindIndex(c => c.Matches(value));
        return position >= 0
            ? _cases[position]
            : throw new NotSupportedException(
                $"A {value.GetType().Name} has no form in JSON: only the library's own models ({Names}) have. Use it from C#.");
    }

    public JsonObject Schema(SchemaDefinitions definitions) => definitions.Reference(name, () => new JsonObject
    {
        [definitions.IsPatch ? "anyOf" : "oneOf"] = new JsonArray([.. _cases.Select(c => (JsonNode)c.Shape.Schema(definitions))]),
    });

    private string Names => string.Join(", ", _cases.Select(c => c.Name));
}
