namespace Tofersen.Simulation.Tests.Tool;

/// <summary>What <c>scenario validate</c> says about scenarios that are valid and hardly meant.</summary>
public sealed class ScenarioNotesTests
{
    private const string Look = """
        "sequential": {
          "boundaries": { "informationFractions": [0.5, 1], "efficacy": { "type": "lanDeMetsObrienFleming" } },
          "looks": [ { "timing": { "type": "firstPeriod" } } ], "analysis": "slopes-28"
        }
        """;

    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [TestCase("\"analyses\": []", "$.analyses: there are none")]
    [TestCase(Look, "$.sequential: the design has no enrolment")]
    [TestCase("\"effect\": { \"type\": \"none\" }, \"observation\": { \"stopTreatment\": { \"perWeek\": 0.01 } }", "$.observation.stopTreatment: treatment has no effect")]
    [TestCase("\"effect\": { \"type\": \"none\" }, \"design\": { \"rescue\": { \"lossThreshold\": 6 } }", "$.design.rescue: treatment has no effect")]
    [TestCase("\"effect\": { \"type\": \"hazardReduction\", \"hazardRatio\": 0.5 }, \"observation\": { \"events\": [] }", "$.effect: it acts on the hazards")]
    [TestCase("\"effect\": { \"lagWeeks\": 400 }", "$.effect.lagWeeks: treatment acts from week 400 on, and follow-up ends at week 52;")]
    [TestCase("\"effect\": { \"fading\": { \"afterWeeks\": 60, \"halfTimeWeeks\": 10 } }", "$.effect.fading: it begins 60 weeks after")]
    [TestCase("\"design\": { \"participants\": 100 }", "$.design.participants: 100 is no multiple of 3, so that no trial has exactly 2:1: on average 66.7 active and 33.3 control,")]
    [TestCase("\"observation\": { \"visitWindowDays\": 3, \"visitJitterSdDays\": 0 }", "$.observation.visitWindowDays: visits are on their days")]
    [TestCase(
        "\"analyses\": [ { \"method\": \"withEstimand\", \"strategies\": { \"treatmentStop\": \"hypothetical\" }, \"analysis\": { \"method\": \"ancova\", \"week\": 28 } } ]",
        "$.analyses[0].strategies.treatmentStop: nobody stops")]
    [TestCase(
        "\"analyses\": [ { \"method\": \"withEstimand\", \"strategies\": { \"rescue\": \"hypothetical\" }, \"analysis\": { \"method\": \"ancova\", \"week\": 28 } } ]",
        "$.analyses[0].strategies.rescue: nobody is rescued")]
    public async Task Validate_CombinationThatDoesNothing_IsNotedAndValid(string property, string note)
    {
        string file = _files.Write("s.json", $$"""{ "version": 1, "base": "valor-ole", {{property}} }""");

        ToolRun run = (await ToolRun.Of("scenario", "validate", file)).Succeeded();

        Assert.That(run.Output, Does.Contain(": valid; ").And.Contain($"\nNote: {note}"));
    }

    [Test]
    public async Task Validate_DosesWithAnotherEffect_AreNoted()
    {
        string file = _files.Write("s.json", """{ "version": 1, "base": "phase-1-2", "effect": { "type": "slopeReduction", "maxReduction": 0.3 } }""");

        Assert.That((await ToolRun.Of("scenario", "validate", file)).Succeeded().Output, Does.Contain("Note: $.design.cohorts: doses matter to"));
    }

    [Test]
    public async Task Validate_TreatmentLongerThanFollowUp_IsNoted()
    {
        string file = _files.Write("s.json", """{ "version": 1, "base": "valor", "design": { "treatmentWeeks": 52 } }""");

        Assert.That(
            (await ToolRun.Of("scenario", "validate", file)).Succeeded().Output,
            Does.Contain("Note: $.design.treatmentWeeks: treatment of 52 weeks is longer than follow-up, whose last visit is week 28;"));
    }

    // The presets are meant as they are.
    [TestCase("phase-1-2")]
    [TestCase("valor-ole-148")]
    [TestCase("valor-ole-chain")]
    [TestCase("atlas")]
    [TestCase("general-als")]
    public async Task Validate_Preset_HasNoNotes(string preset)
    {
        string file = _files.Write("s.json", (await ToolRun.Of("scenario", "show", preset)).Output);

        Assert.That((await ToolRun.Of("scenario", "validate", file)).Succeeded().Output, Does.Not.Contain("Note"));
    }
}
