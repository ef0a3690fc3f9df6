using System.Text.Json;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>Messages and choices that users once stumbled over.</summary>
public sealed class RoughEdgeTests
{
    private const string Plan = """
        "boundaries": { "informationFractions": [0.3, 0.6, 1], "efficacy": { "type": "lanDeMetsObrienFleming" } },
        "analysis": "slopes-28"
        """;

    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [TestCase("""{ "timing": { "type": "calendar", "weeks": 20 } }, { "timing": { "type": "calendar", "weeks": 10 } }""", "$.sequential.looks[1].timing: ")]
    [TestCase(
        """{ "timing": { "type": "calendar", "weeks": 10 } }, { "timing": { "type": "calendar", "weeks": 20 }, "analysis": "slope-28" }""",
        "$.sequential.looks[1].analysis: There is no analysis 'slope-28'")]
    [TestCase("""{ "timing": { "type": "calendar", "weeks": 10 } }""", "$.sequential.boundaries: The boundaries have 3 information fractions")]
    public async Task Sequential_BadLook_IsNamedByItsPath(string looks, string expected)
    {
        string file = Write($$"""
            {
              "version": 1, "base": "valor", "design": { "enrolment": { "type": "uniform", "weeks": 52 } },
              "sequential": { {{Plan}}, "looks": [ {{looks}} ] }
            }
            """);

        Assert.That(await ToolRun.RefusalOf("scenario", "validate", file), Does.Contain(expected));
    }

    [Test]
    public void Base_Plan_IsTakenAwayByNull()
    {
        Scenario looked = ScenarioJson.Read("""
            {
              "version": 1, "base": "valor-ole",
              "sequential": {
                "boundaries": { "informationFractions": [0.6, 1], "efficacy": { "type": "lanDeMetsObrienFleming" } }, "analysis": "slopes-28",
                "looks": [ { "timing": { "type": "firstPeriod" } } ]
              }
            }
            """, name => Presets.Find(name)?.Scenario);

        Assert.That(looked.Sequential, Is.Not.Null);
        Assert.That(ScenarioJson.Read("""{ "version": 1, "base": "looked", "sequential": null }""", _ => looked).Sequential, Is.Null);
    }

    [Test]
    public async Task Sequential_Null_IsNone()
    {
        string file = Write("""{ "version": 1, "base": "valor", "sequential": null, "observation": { "items": null }, "design": { "enrolment": null } }""");

        Assert.That((await ToolRun.Of("scenario", "show", file)).Succeeded().Output, Does.Not.Contain("sequential"));
    }

    // A base's analyses of week 28 remain where visits of the file's own leave that week out.
    [Test]
    public async Task Base_EntryThatNoLongerFits_IsSaidToBeTheBases()
    {
        string file = Write("""{ "version": 1, "base": "valor", "design": { "visitWeeks": [0, 4, 8, 12] } }""");
        string own = Write("""
            { "version": 1, "base": "valor", "design": { "visitWeeks": [0, 4, 8, 12] }, "analyses": [ { "method": "ancova", "week": 28 } ] }
            """, "own.json");

        Assert.That(await ToolRun.RefusalOf("power", file), Does.Contain("This part is the base's"));
        Assert.That(await ToolRun.RefusalOf("power", own), Does.Contain("$.analyses[0]: ").And.Not.Contain("the base's"));
    }

    [TestCase("effect.type", "At 'effect.type' there is \"slopeReduction\"; it must be a number.")]
    [TestCase("design.visitWeeks", "At 'design.visitWeeks' there is a list; it must be a number.")]
    [TestCase("effect", "At 'effect' there is an object, with type, maxReduction")]
    [TestCase("name", "At 'name' there is \"valor\"; it must be a number.")]
    public async Task NumberAtAPath_SomethingElseIsThere_IsTold(string path, string expected)
    {
        Assert.That(await ToolRun.RefusalOf("assurance", "valor", "--prior", path + "~uniform(0,1)"), Does.Contain(expected));
        Assert.That(await ToolRun.RefusalOf("size", "valor", "--analysis", "slopes-28", "--vary", path + "=0.1:0.9"), Does.Contain(expected));
    }

    [TestCase("design.participants=60:200")]
    [TestCase("design.blockMultiple=1:5")]
    public async Task Size_VaryWholeNumbers_IsRefused(string vary) =>
        Assert.That(
            await ToolRun.RefusalOf("size", "valor", "--analysis", "slopes-28", "--vary", vary),
            Does.Contain($"'{vary.Split('=')[0]}' takes whole numbers, and a search tries those in between."));

    [Test]
    public async Task Compare_TwoFilesOfOneName_AreToldApart()
    {
        string one = Write(ToolRun.QuickScenario, "one.json");
        string two = Write(ToolRun.QuickScenario, "two.json");

        string text = (await ToolRun.Of("compare", one, two, "--replicates", "5")).Succeeded().Output;

        Assert.That(text, Does.StartWith($"quick ({one}) and quick ({two}): 5 simulated trials"));
    }

    [Test]
    public async Task Sweep_ReferenceThatIsNoneOfTheValues_ListsThem() =>
        Assert.That(
            await ToolRun.RefusalOf("sweep", "valor", "--vary", "effect.maxReduction=0.2,0.4", "--reference", "effect.maxReduction=0.3"),
            Is.EqualTo("tofersen-sim: --reference effect.maxReduction is 0.3; it must be one of the values in --vary: 0.2, 0.4."));

    [Test]
    public async Task Plan_BadCollect_IsToldWithoutTypes() =>
        Assert.That(
            await ToolRun.RefusalOf("plan", "valor", "--collect", "bogus", "--out", _files.At("p")),
            Does.Contain("--collect is 'bogus'; it must be courses, tests or everything.").And.Not.Contain("Tofersen."));

    [TestCase("plan valor --out x", "the blocks of a plan are fixed before the first trial is simulated")]
    [TestCase("assurance valor --prior effect.maxReduction~uniform(0,1)", "an assurance runs a fixed number of trials")]
    public async Task Mcse_WhereThereCanBeNone_IsRefusedWithTheReason(string line, string expected) =>
        Assert.That(await ToolRun.RefusalOf([.. line.Split(' '), "--mcse", "0.01"]), Does.Contain("There is no --mcse here: " + expected));

    [Test]
    public async Task Power_Analyses_RunsThoseAlone()
    {
        string json = (await ToolRun.Of("power", "valor", "--analyses", "slopes-28,joint-rank-28", "--replicates", "5", "--format", "json")).Succeeded().Output;

        using JsonDocument document = JsonDocument.Parse(json);
        Assert.That(
            document.RootElement.GetProperty("analyses").EnumerateArray().Select(a => a.GetProperty("name").GetString()),
            Is.EqualTo((string[])["joint-rank-28", "slopes-28"]));
    }

    [Test]
    public async Task Power_AnalysesWithoutThatOfALook_IsRefused()
    {
        string file = Write($$"""
            {
              "version": 1, "base": "valor-ole",
              "sequential": {
                "boundaries": { "informationFractions": [0.6, 1], "efficacy": { "type": "lanDeMetsObrienFleming" } }, "analysis": "slopes-28",
                "looks": [ { "timing": { "type": "firstPeriod" } } ]
              }
            }
            """);

        Assert.That(
            await ToolRun.RefusalOf("power", file, "--analyses", "ancova-28"), Does.Contain("--analyses leaves out 'slopes-28', which the looks of 'valor-ole, changed' test"));
        Assert.That(
            (await ToolRun.Of("power", file, "--analyses", "slopes-28", "--replicates", "5")).Succeeded().Output,
            Does.Contain("The design has no enrolment: everybody enters at once"));
    }

    [Test]
    public async Task Power_Json_HasAlphaAndVersion()
    {
        string file = Write("""
            { "version": 1, "base": "valor", "analyses": [ { "method": "jointRank", "week": 28, "alpha": 0.1 } ] }
            """);
        using JsonDocument document = JsonDocument.Parse((await ToolRun.Of("power", file, "--replicates", "5", "--format", "json")).Succeeded().Output);

        Assert.That(document.RootElement.GetProperty("version").GetString(), Is.EqualTo(StudyPlan.Version));
        Assert.That(document.RootElement.GetProperty("analyses")[0].GetProperty("alpha").GetDouble(), Is.EqualTo(0.1));
    }

    [Test]
    public async Task Power_FailedAnalyses_AreCountedByKind()
    {
        string file = Write(ToolRun.FailingScenario);

        string text = (await ToolRun.Of("power", file, "--replicates", "5", "--failure-limit", "1")).Succeeded().Output;

        Assert.That(text, Does.Contain("Fits that failed, by kind").And.Match(@"log-rank +5 of 5 +0 of 5 +0 of 5"));
    }

    [Test]
    public async Task Power_SeveralArms_ShowsDifferencesAndObserved()
    {
        string text = (await ToolRun.Of("power", "phase-1-2", "--replicates", "5")).Output;

        Assert.That(text, Does.Contain("Differences from ").And.Contain("Observed, share of the participants").And.Match(@"(?m)^[0-9.]+ .*[0-9] %"));
    }

    private string Write(string json, string name = "s.json") => _files.Write(name, json);
}
