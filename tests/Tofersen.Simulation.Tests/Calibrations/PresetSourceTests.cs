using System.Text.Json;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Calibrations;

/// <summary>Every number of a preset has a source, and every source a number.</summary>
public sealed class PresetSourceTests
{
    private static IEnumerable<TestCaseData> All => Presets.All.Select(p => new TestCaseData(p).SetArgDisplayNames(p.Name));

    [TestCaseSource(nameof(All))]
    public void Sources_EveryNumberOfTheModelAndDesign_IsCovered(Preset preset) =>
        Assert.That(Uncovered(preset).Where(p => !p.StartsWith("analyses", StringComparison.Ordinal)), Is.Empty);

    [TestCaseSource(nameof(All))]
    public void Sources_EveryNumberOfTheAnalyses_IsCovered(Preset preset) =>
        Assert.That(Uncovered(preset).Where(p => p.StartsWith("analyses", StringComparison.Ordinal)), Is.Empty);

    [TestCaseSource(nameof(All))]
    public void Sources_EveryPath_PointsAtNumbers(Preset preset)
    {
        string[] numbers = [.. Numbers(Json(preset), "")];

        Assert.That(preset.Sources.Select(s => s.Path).Where(p => !numbers.Any(n => Covers(p, n))), Is.Empty);
    }

    [TestCaseSource(nameof(All))]
    public void Sources_EveryPath_AppearsOnce(Preset preset) =>
        Assert.That(preset.Sources.Select(s => s.Path), Is.Unique);

    [TestCaseSource(nameof(All))]
    public void Sources_EveryCitation_SaysSomething(Preset preset)
    {
        Assert.That(preset.Sources.Select(s => s.Citation.Trim()), Is.All.Length.GreaterThan(10));
        Assert.That(preset.Sources.Select(s => s.Citation), Is.All.Not.Contain("TODO").And.All.Not.EndsWith("."));
        Assert.That(preset.Targets.Select(t => t.Citation.Trim()), Is.All.Length.GreaterThan(10));
    }

    // What was never checked against the publication may not be called published.
    [TestCaseSource(nameof(All))]
    public void Sources_FromMemory_AreCalledAssumptions(Preset preset) =>
        Assert.That(
            preset.Sources
                .Where(s => s.Kind is SourceKind.Published or SourceKind.Derived)
                .Where(s => s.Citation.Contains("remembered", StringComparison.OrdinalIgnoreCase)
                    || s.Citation.Contains("not checked", StringComparison.OrdinalIgnoreCase))
                .Select(s => s.Path),
            Is.Empty);

    [TestCaseSource(nameof(All))]
    public void Targets_EachTolerance_HoldsThePublishedValue(Preset preset)
    {
        Assert.That(preset.Targets.Select(t => t.Name), Is.Unique);
        foreach (CalibrationTarget target in preset.Targets)
        {
            Assert.That(target.Published, Is.InRange(target.Minimum, target.Maximum), target.Name);
        }
    }

    [Test]
    public void Presets_Names_AreUniqueAndFound()
    {
        Assert.That(Presets.All.Select(p => p.Name), Is.Unique);
        foreach (Preset preset in Presets.All)
        {
            Assert.That(Presets.Find(preset.Name), Is.SameAs(preset));
            Assert.That(preset.Name, Is.EqualTo(preset.Scenario.Name).And.Match("^[a-z0-9-]+$"));
        }

        Assert.That(Presets.Find("Valor"), Is.Null);
    }

    [TestCaseSource(nameof(All))]
    public void Scenario_Preset_IsValidAndHasADescription(Preset preset)
    {
        Assert.That(preset.Scenario.Validate, Throws.Nothing);
        Assert.That(preset.Scenario.Description, Is.Not.Empty);
    }

    private static IEnumerable<string> Uncovered(Preset preset) =>
        Numbers(Json(preset), "").Where(n => n != "version" && !preset.Sources.Any(s => Covers(s.Path, n)));

    private static bool Covers(string source, string number) =>
        number == source
        || (number.StartsWith(source, StringComparison.Ordinal) && number[source.Length] is '.' or '[');

    private static IEnumerable<string> Numbers(JsonNode? node, string path) => node switch
    {
        JsonObject o => o.SelectMany(p => Numbers(p.Value, path.Length > 0 ? $"{path}.{p.Key}" : p.Key)),
        JsonArray a => a.SelectMany((item, i) => Numbers(item, $"{path}[{i}]")),
        JsonValue v when v.GetValueKind() == JsonValueKind.Number => [path],
        _ => [],
    };

    private static JsonNode Json(Preset preset) => JsonNode.Parse(ScenarioJson.Write(preset.Scenario))!;
}
