using System.Text.Json;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Properties that are missing, unknown or of the wrong kind, everywhere in the format.</summary>
public sealed class PropertyErrorTests
{
    private static readonly JsonObject Definitions = JsonNode.Parse(ScenarioJson.Schema())!["$defs"]!.AsObject();

    [Test]
    public void Read_RequiredPropertyLeftOut_FailsWithItsPath()
    {
        int count = 0;
        foreach ((Scenario scenario, SchemaPlace place) in Places())
        {
            foreach (JsonNode? required in place.Schema["required"] as JsonArray ?? [])
            {
                string path = $"{place.Path}.{required}";
                if (path != "$.version")
                {
                    ScenarioFormatException error = ScenarioError.Of(JsonEdit.Remove(ScenarioJson.Write(scenario), path));

                    Assert.That(error.Message, Does.StartWith($"{path}: is missing"));
                    count++;
                }
            }
        }

        Assert.That(count, Is.GreaterThan(50));
    }

    [TestCase(
        """ "observation": { "events": [{ "type": "dropout", "kind": "otherWithdrawal", "perWeek": 0.01 }] } """,
        "$.observation.events[0].mechanism: is missing; it must be one of mcar, mar, mnar. So is strength.")]
    [TestCase(""" "effect": { "type": "symptomaticOffset" } """, "$.effect.points: is missing; it must be a number in ")]
    [TestCase(""" "design": { "visitWeeks": "0,4,8,28" } """, "$.design.visitWeeks: \"0,4,8,28\" is not a list. Write numbers in brackets, [0, 4, 8, 28].")]
    [TestCase(""" "design": { "allocation": "2:1" } """, "$.design.allocation: \"2:1\" is not an object with active and control.")]
    public void Read_WrongOrMissingValue_SaysWhatItMustBe(string change, string message) =>
        Assert.That(ScenarioError.OfChange(change).Message, Does.StartWith(message));

    [Test]
    public void Read_PartOfAScenarioWithoutABase_PointsToBase() =>
        Assert.That(
            ScenarioError.Of("""{ "version": 1, "name": "n", "design": { "type": "parallelGroup", "participants": 20, "visitWeeks": [0, 4] } }""").Message,
            Does.StartWith("$.population: is missing; ").And.Contain("name it in 'base'").And.Contain("valor-ole"));

    [Test]
    public void Read_UnknownPropertyInAnyObject_FailsWithItsPath()
    {
        int count = 0;
        foreach ((Scenario scenario, SchemaPlace place) in Places().Where(p => p.Place.Value is JsonObject))
        {
            string path = $"{place.Path}.zzzzzzzzzzzz";

            ScenarioFormatException error = ScenarioError.OfEdit(scenario, path, "1");

            Assert.That(error.Message, Does.StartWith($"{path}: unknown property. There are "));
            count++;
        }

        Assert.That(count, Is.GreaterThan(30));
    }

    [Test]
    public void Read_MisspeltPropertyInAnyObject_HasAHint()
    {
        foreach ((Scenario scenario, SchemaPlace place) in Places().Where(p => p.Place.Schema["properties"] is JsonObject))
        {
            foreach ((string name, _) in place.Schema["properties"]!.AsObject().Where(p => p.Value!["const"] is null))
            {
                string wrong = char.ToUpperInvariant(name[0]) + name[1..];

                ScenarioFormatException error = ScenarioError.OfEdit(scenario, $"{place.Path}.{wrong}", "1");

                Assert.That(error.Message, Is.EqualTo($"{place.Path}.{wrong}: unknown property. Did you mean '{name}'?"));
            }
        }
    }

    [Test]
    public void Read_ValueOfAnotherKindAnywhere_FailsWithItsPath()
    {
        string[] kinds = ["null", "true", "17", "\"zzzzzzzzzzzz\"", "[]", "{}"];
        foreach ((Scenario scenario, SchemaPlace place) in Places().Where(p => p.Place.Path != "$"))
        {
            foreach (string kind in kinds.Where(k => JsonNode.Parse(k)?.GetValueKind() is var other && !SameKind(other, place.Value)))
            {
                ScenarioFormatException error = ScenarioError.OfEdit(scenario, place.Path, kind);

                // An empty object in place of a model lacks its type.
                Assert.That(error.Path, Is.EqualTo(place.Path).Or.StartWith(place.Path + "."), $"{place.Path} = {kind}");
            }
        }
    }

    [Test]
    public void Read_NullAnywhere_SaysThatItIsNull()
    {
        foreach ((Scenario scenario, SchemaPlace place) in Places().Where(p => p.Place.Path != "$"))
        {
            Assert.That(
                ScenarioError.OfEdit(scenario, place.Path, "null").Message, Does.StartWith($"{place.Path}: null is "), place.Path);
        }
    }

    [Test]
    public void Read_UnknownChoiceAnywhere_ListsTheChoices()
    {
        int count = 0;
        foreach ((Scenario scenario, SchemaPlace place) in Places().Where(p => p.Place.Schema["enum"] is JsonArray))
        {
            string message = ScenarioError.OfEdit(scenario, place.Path, "\"zzz\"").Message;

            Assert.That(message, Does.StartWith($"{place.Path}: \"zzz\" is not one of "));
            foreach (JsonNode? choice in place.Schema["enum"]!.AsArray())
            {
                Assert.That(message, Does.Contain(choice!.GetValue<string>()));
            }

            count++;
        }

        Assert.That(count, Is.GreaterThan(10));
    }

    [Test]
    public void Read_EveryChoiceOfTheSchema_IsAccepted()
    {
        foreach ((Scenario scenario, SchemaPlace place) in Places().Where(p => p.Place.Schema["enum"] is JsonArray))
        {
            foreach (JsonNode? choice in place.Schema["enum"]!.AsArray())
            {
                string edited = JsonEdit.Set(ScenarioJson.Write(scenario), place.Path, choice!.ToJsonString());

                // Values that do not fit together are another matter: a hazard of each kind may appear once.
                string message = MessageOf(edited);
                Assert.That(message, Does.Not.Contain("is not one of").And.Not.Contain("is not valid"), $"{place.Path} = {choice}");
            }
        }
    }

    [Test]
    public void Read_BlankTextAnywhere_SaysThatItMustHoldSome()
    {
        foreach ((Scenario scenario, SchemaPlace place) in Places().Where(
            p => p.Place.Schema["minLength"] is not null && p.Place.Path.EndsWith("ame", StringComparison.Ordinal)))
        {
            foreach (string blank in (string[])["\"\"", "\"  \""])
            {
                Assert.That(
                    ScenarioError.OfEdit(scenario, place.Path, blank).Message,
                    Is.EqualTo($"{place.Path}: Must hold some text."));
            }
        }
    }

    [TestCase("SlopeReduction", "slopeReduction")]
    [TestCase("slopeReductions", "slopeReduction")]
    [TestCase("Combined", "combined")]
    [TestCase("non", "none")]
    public void Read_MisspeltType_ListsTheTypesAndHints(string wrong, string right)
    {
        ScenarioFormatException error = ScenarioError.OfEdit(ScenarioExamples.Parallel, "$.effect", $$"""{ "type": "{{wrong}}" }""");

        Assert.That(error.Message, Is.EqualTo(
            $"$.effect.type: \"{wrong}\" is not one of none, slopeReduction, symptomaticOffset, hazardReduction, doseToFunction, combined. Did you mean '{right}'?"));
    }

    [TestCase("\"zzzzzzzzzzzzzzzzzz\"")]
    [TestCase("5")]
    [TestCase("null")]
    [TestCase("[]")]
    public void Read_TypeThatIsNone_ListsTheTypesWithoutAHint(string wrong) =>
        Assert.That(
            ScenarioError.OfEdit(ScenarioExamples.Parallel, "$.effect", $$"""{ "type": {{wrong}} }""").Message,
            Does.StartWith("$.effect.type: ").And.EndsWith("is not one of none, slopeReduction, symptomaticOffset, hazardReduction, doseToFunction, combined."));

    private static string MessageOf(string json)
    {
        try
        {
            _ = ScenarioJson.Read(json);
            return "";
        }
        catch (ScenarioFormatException exception)
        {
            return exception.Message;
        }
    }

    private static bool SameKind(JsonValueKind? kind, JsonNode value)
    {
        JsonValueKind there = value.GetValueKind();
        return kind == there
            || (kind is JsonValueKind.True && there is JsonValueKind.False)
            || (kind is JsonValueKind.Array && value is JsonArray);
    }

    private static IEnumerable<(Scenario Scenario, SchemaPlace Place)> Places() =>
        ScenarioExamples.All.SelectMany(s => SchemaPlace.Of(Definitions, Json(s)).Select(p => (s, p)));

    private static JsonObject Json(Scenario scenario) => JsonNode.Parse(ScenarioJson.Write(scenario))!.AsObject();
}
