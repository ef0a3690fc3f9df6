using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Conventions;

/// <summary>METHODS.md says what every name in a file stands for.</summary>
public sealed partial class MethodsPageTests
{
    private const string Heading = "## 11. Names in files";

    [Test]
    public void Page_EveryTypeMethodAndOptionOfTheSchemas_IsNamed()
    {
        string[] names = [.. Named().Distinct()];

        Assert.That(names, Has.Length.GreaterThan(100));
        Assert.That(names.Except(Listed()), Is.Empty);
    }

    [Test]
    public void Page_EveryNameThatItLists_IsInASchema()
    {
        // What the section's own sentences mention.
        string[] others = ["type", "method", "tofersen-sim scenario schema", "tofersen-sim analyse schema"];

        Assert.That(Listed().Except(Named()).Except(others), Is.Empty);
    }

    private static IEnumerable<string> Named() =>
        new[] { ScenarioJson.Schema(), AnalysisJson.Schema() }.SelectMany(schema => Words(JsonNode.Parse(schema)!));

    /// <summary>Texts that a schema allows: those of "const" and of "enum".</summary>
    private static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonObject schema => schema.SelectMany(property => property switch
        {
            { Key: "const", Value: JsonValue value } => [.. Text(value)],
            { Key: "enum", Value: JsonArray values } => values.SelectMany(v => Text(v!.AsValue())),
            _ => Words(property.Value),
        }),
        JsonArray items => items.SelectMany(Words),
        _ => [],
    };

    private static IEnumerable<string> Text(JsonValue value) => value.TryGetValue(out string? text) ? [text] : [];

    private static string[] Listed()
    {
        string page = File.ReadAllText(Path.Combine(SourceTree.Root, "src", "Tofersen.Simulation", "METHODS.md"));
        int start = page.IndexOf(Heading, StringComparison.Ordinal);
        Assert.That(start, Is.Positive, $"{Heading} is missing");
        return [.. Code().Matches(page[start..]).Select(m => m.Groups[1].Value).Distinct()];
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
