using System.Text.Json.Nodes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

public sealed class SchemaTests
{
    private const string Change = "Change";

    private readonly JsonObject _schema = JsonNode.Parse(ScenarioJson.Schema())!.AsObject();

    private JsonObject Definitions => _schema["$defs"]!.AsObject();

    [Test]
    public void Schema_Dialect_IsDraft202012() =>
        Assert.That(_schema["$schema"]!.GetValue<string>(), Is.EqualTo("https://json-schema.org/draft/2020-12/schema"));

    [Test]
    public void Schema_EveryReference_Resolves()
    {
        string[] references = [.. Objects(_schema).Where(o => o["$ref"] is not null).Select(o => o["$ref"]!.GetValue<string>())];

        Assert.That(references, Is.Not.Empty);
        Assert.That(references, Is.All.StartsWith("#/$defs/"));
        Assert.That(
            references.Select(r => r["#/$defs/".Length..]).Distinct(),
            Is.EquivalentTo(Definitions.Select(d => d.Key)),
            "nothing dangles and nothing is unused");
    }

    [Test]
    public void Schema_EveryObjectWithProperties_AllowsNoOthers()
    {
        foreach (JsonObject schema in Objects(_schema).Where(o => o["properties"] is JsonObject p && !p.ContainsKey("$ref")))
        {
            Assert.That(schema["additionalProperties"]?.ToJsonString(), Is.EqualTo("false"), schema.ToJsonString());
        }
    }

    [Test]
    public void Schema_EveryNumber_HasALowerAndAnUpperLimit()
    {
        foreach (JsonObject schema in Numbers(_schema))
        {
            Assert.That(schema.ContainsKey("minimum") ^ schema.ContainsKey("exclusiveMinimum"), schema.ToJsonString());
            Assert.That(schema.ContainsKey("maximum"), schema.ToJsonString());
        }
    }

    // The ranges of whole scenarios are compared with the specifications in NumericRangeTests.
    [Test]
    public void Schema_ChangeOfABase_HasTheSameRangesAndRequiresNothing()
    {
        foreach ((string name, JsonNode? change) in Definitions.Where(d => d.Key.EndsWith(Change, StringComparison.Ordinal)))
        {
            JsonObject whole = Definitions[name[..^Change.Length]]!.AsObject();
            // What is left out keeps the base's value and has no default.
            string Ranges(JsonObject schema) => string.Join(" ", Numbers(schema).Select(n => string.Join(",", n.Where(p => p.Key != "default").Select(p => $"{p.Key}:{p.Value?.ToJsonString()}"))));

            Assert.That(Ranges(change!.AsObject()), Is.EqualTo(Ranges(whole)), name);
            if (name != "scenarioChange")
            {
                Assert.That(change!["required"], Is.Null, name);
            }
        }
    }

    [Test]
    public void Schema_EveryScenario_Conforms()
    {
        var validator = new SchemaValidator(_schema);
        foreach (Scenario scenario in (Scenario[])[.. Presets.All.Select(p => p.Scenario), .. ScenarioExamples.All])
        {
            Assert.That(validator.Validate(JsonNode.Parse(ScenarioJson.Write(scenario))), Is.Empty, scenario.Name);
        }
    }

    [TestCase("""{ "version": 1, "base": "valor" }""")]
    [TestCase("""{ "version": 1, "base": "valor", "effect": { "maxReduction": 0.5 } }""")]
    [TestCase("""{ "version": 1, "base": "valor", "effect": { "type": "none" } }""")]
    [TestCase("""{ "version": 1, "base": "valor", "population": { "strata": { "fast": { "residualSd": 2 } } } }""")]
    [TestCase("""{ "version": 1, "base": "valor", "analyses": { "ancova-28": { "week": 24 } } }""")]
    [TestCase("""{ "version": 1, "base": "valor", "analyses": [ { "method": "ancova", "week": 24 } ] }""")]
    public void Schema_ChangeThatIsRead_Conforms(string json)
    {
        Assert.That(() => Presets.ReadScenario(json), Throws.Nothing);
        Assert.That(new SchemaValidator(_schema).Validate(JsonNode.Parse(json)), Is.Empty);
    }

    [TestCase("""{ "version": 1 }""")]
    [TestCase("""{ "version": 2, "base": "valor" }""")]
    [TestCase("""{ "base": "valor" }""")]
    [TestCase("""{ "version": 1, "base": 5 }""")]
    [TestCase("""{ "version": 1, "base": "valor", "effct": { } }""")]
    [TestCase("""{ "version": 1, "base": "valor", "effect": { "maxReduction": 1.5 } }""")]
    [TestCase("""{ "version": 1, "base": "valor", "effect": { "maxReducton": 0.5 } }""")]
    [TestCase("""{ "version": 1, "base": "valor", "effect": { "type": "nothing" } }""")]
    [TestCase("""{ "version": 1, "base": "valor", "design": { "participants": 2.5 } }""")]
    [TestCase("""{ "version": 1, "base": "valor", "name": "" }""")]
    [TestCase("""{ "version": 1, "base": "valor", "observation": { "rounding": "up" } }""")]
    [TestCase("""{ "version": 1, "base": "valor", "observation": { "events": [ { "type": "constant", "kind": "completed", "perWeek": 0 } ] } }""")]
    public void Schema_WhatIsRefused_DoesNotConform(string json)
    {
        Assert.That(() => Presets.ReadScenario(json), Throws.TypeOf<ScenarioFormatException>());
        Assert.That(new SchemaValidator(_schema).Validate(JsonNode.Parse(json)), Is.Not.Empty);
    }

    // JSON Schema calls 108.0 an integer; so must the reader, or the schema must not.
    [TestCase("108.0")]
    [TestCase("1.08e2")]
    public void Schema_WholeNumberWithFraction_IsReadAsTheSchemaSays(string number)
    {
        string json = $$"""{ "version": 1, "base": "valor", "design": { "participants": {{number}} } }""";
        bool conforms = new SchemaValidator(_schema).Validate(JsonNode.Parse(json)).Count == 0;

        Assert.That(() => Presets.ReadScenario(json), conforms ? Throws.Nothing : Throws.TypeOf<ScenarioFormatException>());
    }

    private static IEnumerable<JsonObject> Numbers(JsonObject schema) =>
        Objects(schema).Where(o => o["type"] is JsonValue type && type.GetValue<string>() is "number" or "integer");

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject o => [o, .. o.SelectMany(p => Objects(p.Value))],
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };
}
