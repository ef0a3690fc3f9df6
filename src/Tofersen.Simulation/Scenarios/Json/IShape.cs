using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>How values of one type look in JSON: read, write and schema from one description.</summary>
internal interface IShape
{
    /// <summary>Reads a value; throws <see cref="ScenarioFormatException"/> with the path of what is wrong.</summary>
    object Read(JsonElement element, string path);

    /// <summary>What a value must be, for messages: "a number in [0, 1]".</summary>
    string Expected { get; }

    /// <summary>Writes a value.</summary>
    JsonNode Write(object value);

    /// <summary>The JSON Schema of the values, or a reference to it in the definitions.</summary>
    JsonObject Schema(SchemaDefinitions definitions);
}

/// <summary>The named parts of a JSON Schema, each written once.</summary>
/// <param name="isPatch">Whether the schema is that of a change to a base: then nothing is required.</param>
internal sealed class SchemaDefinitions(bool isPatch)
{
    internal bool IsPatch { get; } = isPatch;

    internal JsonObject Definitions { get; } = [];

    /// <summary>The properties of records in it.</summary>
    internal List<(Type Record, string Property)> Properties { get; } = [];

    /// <summary>A reference to a named part, which is made on first use.</summary>
    internal JsonObject Reference(string name, Func<JsonObject> make)
    {
        string key = IsPatch ? name + "Change" : name;
        if (!Definitions.ContainsKey(key))
        {
            // Reserved first, so that a part may refer to itself.
            Definitions[key] = new JsonObject();
            Definitions[key] = make();
        }

        return new JsonObject { ["$ref"] = "#/$defs/" + key };
    }
}
