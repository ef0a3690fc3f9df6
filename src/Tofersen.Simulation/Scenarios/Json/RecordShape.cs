using System.Text.Json;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>A specification record as a JSON object: one property after another is applied to a prototype.</summary>
/// <remarks>A property that is left out keeps the prototype's value, unless it is required. Unknown properties are errors.</remarks>
/// <param name="name">Name in a union.</param>
/// <param name="prototype">Values of what is left out.</param>
/// <param name="definition">Name in the schema, where another shape has the same name.</param>
internal sealed class RecordShape<T>(string name, T prototype, string? definition = null) : IPartShape
    where T : notnull
{
    private const int MostNames = 6;

    private readonly List<Property> _properties = [];
    private readonly List<(string First, string Second)> _alternatives = [];

    internal string Name => name;

    internal string? Discriminator { get; set; }

    internal RecordShape<T> Add<TValue>(
        string property,
        IShape shape,
        Func<T, TValue> get,
        Func<T, TValue, T> with,
        bool required = false)
        where TValue : notnull
    {
        _properties.Add(new Property(property, shape, value => get(value), (value, read) => with(value, (TValue)read!), required));
        return this;
    }

    /// <summary>A property that may be null or absent.</summary>
    internal RecordShape<T> AddNullable(string property, IShape shape, Func<T, object?> get, Func<T, object?, T> with)
    {
        _properties.Add(new Property(property, shape, get, with, IsRequired: false, IsNullable: true));
        return this;
    }

    /// <summary>A property that may be absent, and then is null.</summary>
    /// <param name="property">Its name.</param>
    /// <param name="shape">Its values.</param>
    /// <param name="get">Reads it.</param>
    /// <param name="with">Sets it.</param>
    /// <param name="isRemovable">Whether null in a change to a base takes away what the base has; see <see cref="ScenarioJson"/>.</param>
    internal RecordShape<T> AddOptional(
        string property, IShape shape, Func<T, object?> get, Func<T, object, T> with, bool isRemovable = false)
    {
        _properties.Add(new Property(property, shape, get, (value, read) => with(value, read!), IsRequired: false, IsRemovable: isRemovable));
        return this;
    }

    /// <summary>Of two properties there must be one, and only one.</summary>
    internal RecordShape<T> RequireOne(string first, string second)
    {
        _alternatives.Add((first, second));
        return this;
    }

    internal RecordShape<T> Number(
        string property,
        Func<T, double> get,
        Func<T, double, T> with,
        double minimum,
        double maximum,
        bool aboveMinimum = false,
        bool required = false) =>
        Add(property, new NumberShape(minimum, maximum, aboveMinimum), get, with, required);

    internal RecordShape<T> Integer(
        string property, Func<T, int> get, Func<T, int, T> with, int minimum, int maximum, bool required = false) =>
        Add(property, new IntegerShape(minimum, maximum), get, with, required);

    internal RecordShape<T> Text(string property, Func<T, string> get, Func<T, string, T> with, bool required = false) =>
        Add(property, new TextShape(), get, with, required);

    internal RecordShape<T> Flag(string property, Func<T, bool> get, Func<T, bool, T> with) =>
        Add(property, new FlagShape(), get, with);

    internal RecordShape<T> Choice<TEnum>(
        string property, Func<T, TEnum> get, Func<T, TEnum, T> with, bool required = false)
        where TEnum : struct, Enum =>
        Add(property, new ChoiceShape<TEnum>(), get, with, required);

    internal RecordShape<T> Texts(string property, Func<T, ValueList<string>> get, Func<T, ValueList<string>, T> with) =>
        Add(property, new ListShape<string>(new TextShape()), get, with);

    public object Read(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new ScenarioFormatException(path, $"{Json.Texts.Describe(element)} is not {Expected}.");
        }

        T value = prototype;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty json in element.EnumerateObject())
        {
            string propertyPath = $"{path}.{Json.Texts.Shorten(json.Name)}";
            if (json.Name == Discriminator)
            {
                continue;
            }

            Property property = _properties.Find(p => p.Name == json.Name) ?? throw new ScenarioFormatException(
                propertyPath, $"unknown property.{Hint(json.Name)}");
            seen.Add(json.Name);
            object? read = property.IsNullable && json.Value.ValueKind == JsonValueKind.Null
                ? null
                : property.Shape.Read(json.Value, propertyPath);
            try
            {
                value = property.With(value, read);
            }
            catch (ArgumentException exception)
            {
                throw new ScenarioFormatException(propertyPath, Json.Texts.Problem(exception), exception);
            }
        }

        foreach ((string first, string second) in _alternatives)
        {
            if (seen.Contains(first) == seen.Contains(second))
            {
                throw seen.Contains(first)
                    ? new ScenarioFormatException($"{path}.{second}", $"cannot stand beside {first}; take one of them.")
                    : new ScenarioFormatException($"{path}.{first}", $"is missing; {second} may take its place.");
            }
        }

        Property[] missing = [.. _properties.Where(p => p.IsRequired && !seen.Contains(p.Name))];
        return missing.Length == 0
            ? value
            : throw new ScenarioFormatException(
                $"{path}.{missing[0].Name}",
                $"is missing; it must be {missing[0].Shape.Expected}.{missing.Length switch
                {
                    1 => "",
                    2 => $" So is {missing[1].Name}.",
                    _ => $" So are {string.Join(", ", missing.Skip(1).Select(p => p.Name))}.",
                }}");
    }

    public object With(object value, ReadOnlySpan<object> keys, JsonElement part, string path)
    {
        string key = (string)keys[0];
        string here = $"{path}.{key}";
        Property property = _properties.Find(p => p.Name == key)
            ?? throw new ScenarioFormatException(here, key == Discriminator ? "cannot be changed alone." : $"unknown property.{Hint(key)}");
        object read = keys.Length == 1
            ? property.Shape.Read(part, here)
            : ((IPartShape)property.Shape).With(property.Get((T)value)!, keys[1..], part, here);
        try
        {
            return property.With((T)value, read);
        }
        catch (ArgumentException exception)
        {
            throw new ScenarioFormatException(here, Json.Texts.Problem(exception), exception);
        }
    }

    // The nearest name, or else all names: there is nowhere else to look them up in the middle of writing a file.
    private string Hint(string unknown)
    {
        string nearest = Json.Texts.Nearest(unknown, _properties.Select(p => p.Name));
        return nearest.Length > 0 ? nearest : _properties.Count == 0 ? " There are none." : $" There are {string.Join(", ", _properties.Select(p => p.Name))}.";
    }

    // All names of a large object would hide the message; those that must be there say most.
    public string Expected
    {
        get
        {
            string[] required = [.. _properties.Where(p => p.IsRequired).Select(p => p.Name)];
            string[] names = required.Length > 0 ? required : _properties.Count <= MostNames ? [.. _properties.Select(p => p.Name)] : [];
            return names.Length == 0 ? "an object" : $"an object with {string.Join(" and ", (string[])[.. names.Length > 1 ? [string.Join(", ", names[..^1])] : Array.Empty<string>(), names[^1]])}";
        }
    }

    public JsonNode Write(object value)
    {
        var json = new JsonObject();
        foreach (Property property in _properties)
        {
            if (property.Get((T)value) is { } part)
            {
                json[property.Name] = property.Shape.Write(part);
            }
        }

        return json;
    }

    public JsonObject Schema(SchemaDefinitions definitions) => definitions.Reference(definition ?? name, () => MakeSchema(definitions));

    private JsonObject MakeSchema(SchemaDefinitions definitions)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        if (Discriminator is not null)
        {
            properties[Discriminator] = new JsonObject { ["const"] = name };
            required.Add((JsonNode)Discriminator);
        }

        foreach (Property property in _properties)
        {
            JsonObject schema = property.Shape.Schema(definitions);
            if (property.IsNullable || (property.IsRemovable && definitions.IsPatch))
            {
                schema = new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
            }

            definitions.Properties.Add((typeof(T), property.Name));
            if (SchemaTexts.Of(typeof(T), property.Name) is { } text)
            {
                schema["description"] = text;
            }

            properties[property.Name] = schema;
            if (property.IsRequired)
            {
                required.Add((JsonNode)property.Name);
            }
            else if (!definitions.IsPatch && HasDefault(property.Name) && property.Get(prototype) is { } value)
            {
                schema["default"] = property.Shape.Write(value);
            }
        }

        var result = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (required.Count > 0 && !definitions.IsPatch)
        {
            result["required"] = required;
        }

        foreach ((string first, string second) in _alternatives)
        {
            result["anyOf"] = new JsonArray(
                new JsonObject { ["required"] = new JsonArray((JsonNode)first) }, new JsonObject { ["required"] = new JsonArray((JsonNode)second) });
        }

        return result;
    }

    // A name is made from the other properties, and of two properties of which one must be there neither has a default.
    private bool HasDefault(string property) => property != "name" && !_alternatives.Any(a => a.First == property || a.Second == property);

    private sealed record Property(
        string Name,
        IShape Shape,
        Func<T, object?> Get,
        Func<T, object?, T> With,
        bool IsRequired,
        bool IsNullable = false,
        bool IsRemovable = false);
}
