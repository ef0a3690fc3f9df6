using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Json;
using Tofersen.Simulation.Tests.Conventions;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Descriptions and defaults in the schemas.</summary>
public sealed partial class SchemaTextsTests
{
    private const string Update = "TOFERSEN_UPDATE_SCHEMA_TEXTS";

    // Properties that a file may have and no type.
    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["TableLogRank.covariates"] = "Empty: a log-rank test has none. May stay from a specification of cox.",
        ["TableLogRank.ties"] = "Of no account: a log-rank test has one treatment of ties. May stay from a specification of cox.",
    };

    [Test]
    public void Texts_OfEveryProperty_AreItsDocumentationComment()
    {
        // Two schemas: methods have the same names in both.
        var scenario = new SchemaDefinitions(isPatch: false);
        Shapes.Scenario.Schema(scenario);
        var analysis = new SchemaDefinitions(isPatch: false);
        TableShapes.Analysis.Schema(analysis);
        var comments = XDocument.Load(Path.ChangeExtension(SourceTree.Core.Location, ".xml")).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);
        string[] lines =
        [
            .. scenario.Properties.Concat(analysis.Properties).Distinct().Select(p => $"{p.Record.Name}\t{p.Property}\t{Comment(p.Record, p.Property, comments)}").Order(StringComparer.Ordinal),
        ];
        string file = Path.Combine(SourceTree.Root, "src", "Tofersen.Simulation", "Scenarios", "Json", SchemaTexts.Resource);
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(file, string.Concat(lines.Select(l => l + "\n")));
            Assert.Inconclusive($"{SchemaTexts.Resource} was written anew; build again and commit it.");
        }

        Assert.That(File.ReadAllLines(file), Is.EqualTo(lines), $"Run this test once with {Update}=1, and build again.");
        Assert.That(lines.Where(l => l.Split('\t')[2].Length < 3), Is.Empty);
    }

    [Test]
    public void Schema_EveryProperty_HasADescription()
    {
        foreach (string schema in (string[])[ScenarioJson.Schema(), AnalysisJson.Schema()])
        {
            var root = (JsonObject)JsonNode.Parse(schema)!;
            foreach ((string name, JsonNode? definition) in root["$defs"]!.AsObject())
            {
                foreach ((string property, JsonNode? part) in definition!["properties"]?.AsObject() ?? [])
                {
                    bool isFixed = part!["const"] is not null || property is "version" or "base";
                    Assert.That(isFixed || part["description"] is not null, $"{name}.{property}");
                }
            }
        }
    }

    [Test]
    public void Schema_Defaults_ConformToTheirOwnSchema()
    {
        var root = (JsonObject)JsonNode.Parse(ScenarioJson.Schema())!;
        int defaults = 0;
        foreach ((string name, JsonNode? definition) in root["$defs"]!.AsObject())
        {
            foreach ((string property, JsonNode? part) in definition!["properties"]?.AsObject() ?? [])
            {
                if (part!["default"] is not { } value)
                {
                    continue;
                }

                defaults++;
                var schema = (JsonObject)part.DeepClone();
                schema["$defs"] = root["$defs"]!.DeepClone();
                Assert.That(new SchemaValidator(schema).Validate(value), Is.Empty, $"{name}.{property}");
            }
        }

        Assert.That(defaults, Is.GreaterThan(100));
    }

    // From the documentation comments of the types.
    [TestCase("ancova", "alpha", "0.05")]
    [TestCase("presymptomaticPopulation", "runInIntervalWeeks", "4")]
    [TestCase("parallelGroup", "allocation", """{"active":1,"control":1}""")]
    public void Schema_Default_IsWhatAScenarioWithoutItHas(string definition, string property, string expected) =>
        Assert.That(JsonNode.Parse(ScenarioJson.Schema())!["$defs"]![definition]!["properties"]![property]!["default"]!.ToJsonString(), Is.EqualTo(expected));

    // It is made from the week, the endpoint or the analysis within.
    [Test]
    public void Schema_NamesOfAnalyses_HaveNoDefault()
    {
        JsonObject definitions = JsonNode.Parse(ScenarioJson.Schema())!["$defs"]!.AsObject();
        JsonNode?[] names = [.. definitions.Select(d => d.Value!["properties"]?["name"]).Where(n => n is not null)];

        Assert.That(names, Has.Length.GreaterThan(15));
        Assert.That(names.Select(n => n!["default"]), Is.All.Null);
    }

    private static string Comment(Type record, string property, Dictionary<string, XElement> comments)
    {
        if (Allowed.TryGetValue($"{record.Name}.{property}", out string? allowed))
        {
            return allowed;
        }

        // Its own, or one of a part that is not an object of its own in JSON, or one of several values.
        PropertyInfo[] own = record.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance);
        PropertyInfo member = own.Concat(own.SelectMany(p => p.PropertyType.GetProperties()))
            .FirstOrDefault(p => p.Name.Equals(property, StringComparison.OrdinalIgnoreCase) || p.Name.Equals(property + "s", StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"{record.Name} has no property {property}.");
        for (Type? type = member.DeclaringType; type is not null; type = type.BaseType)
        {
            if (comments.TryGetValue($"P:{type.FullName}.{member.Name}", out XElement? comment) && comment.Element("summary") is { } summary)
            {
                return Text(summary);
            }

            // A parameter of a record's own list is documented with the record.
            if (comments.TryGetValue($"T:{type.FullName}", out XElement? whole)
                && whole.Elements("param").FirstOrDefault(p => p.Attribute("name")!.Value == member.Name) is { } parameter)
            {
                return Text(parameter);
            }
        }

        // Inherited from an interface.
        return record.GetInterfaces().Select(i => comments.GetValueOrDefault($"P:{i.FullName}.{member.Name}")?.Element("summary")).FirstOrDefault(s => s is not null) is { } inherited
            ? Text(inherited)
            : "";
    }

    private static string Text(XElement element) =>
        Blanks().Replace(string.Concat(element.Nodes().Select(n => n switch
        {
            XElement { Name.LocalName: "see" } see => see.Value.Length > 0 ? see.Value : LastName(see.Attribute("cref")?.Value ?? see.Attribute("langword")!.Value),
            XElement other => other.Attribute("name")?.Value ?? other.Value,
            _ => n.ToString().Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal),
        })), " ").Trim();

    private static string LastName(string reference) => reference.Split('(')[0].Split('.')[^1].Split(':')[^1];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
