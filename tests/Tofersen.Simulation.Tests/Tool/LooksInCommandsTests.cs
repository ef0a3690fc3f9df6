using System.Text.Json;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>Commands other than <c>power</c> on scenarios with interim looks, and on scenarios whose analyses fail.</summary>
public sealed class LooksInCommandsTests
{
    internal const string Looks = """
        {
          "version": 1,
          "base": "valor",
          "name": "looks",
          "design": { "enrolment": { "type": "uniform", "weeks": 100 } },
          "analyses": [
            { "method": "jointRank", "name": "early", "week": 16 },
            { "method": "jointRank", "name": "joint-rank", "week": 28 }
          ],
          "sequential": {
            "boundaries": { "informationFractions": [0.5, 1], "efficacy": { "type": "pocock" } },
            "looks": [{ "timing": { "type": "calendar", "weeks": 80 }, "analysis": "early" }],
            "analysis": "joint-rank"
          }
        }
        """;

    private TemporaryFolder _files = null!;

    private string Sequential => _files.Write("looks.json", Looks);

    private string Failing => _files.Write("failing.json", ToolRun.FailingScenario);

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task Sweep_OverTheLevelOfThePlan_ShowsWhatTheTrialWithItsLooksDoes()
    {
        string[] sweep = ["sweep", Sequential, "--vary", "sequential.boundaries.alpha=0.0001,0.4", "--replicates", "60"];
        ToolRun text = (await ToolRun.Of(sweep)).Succeeded();
        ToolRun json = (await ToolRun.Of([.. sweep, "--format", "json"])).Succeeded();

        Assert.That(text.Output, Does.Contain("The trial with its looks: one-sided, in favour of treatment, at any look"));
        using JsonDocument document = JsonDocument.Parse(json.Output);
        double[] rejections =
        [
            .. document.RootElement.GetProperty("cells").EnumerateArray()
                .Select(c => c.GetProperty("sequential").GetProperty("rejection").GetDouble()),
        ];
        Assert.That(rejections[0], Is.LessThan(rejections[1]), "a level of 0.0001 against one of 0.4");
    }

    [Test]
    public async Task Sweep_Looks_AreThoseOfPower()
    {
        ToolRun sweep = await ToolRun.Of(
            "sweep", Sequential, "--vary", "sequential.boundaries.alpha=0.025", "--replicates", "60", "--format", "json");
        ToolRun power = await ToolRun.Of("power", Sequential, "--replicates", "60", "--format", "json");

        using JsonDocument inSweep = JsonDocument.Parse(sweep.Output);
        using JsonDocument inPower = JsonDocument.Parse(power.Output);
        string Compact(JsonElement element) => JsonSerializer.Serialize(element);
        Assert.That(
            Compact(inSweep.RootElement.GetProperty("cells")[0].GetProperty("sequential")),
            Is.EqualTo(Compact(inPower.RootElement.GetProperty("sequential"))));
    }

    [TestCase("compare", "--replicates", "20")]
    [TestCase("assurance", "--prior", "effect.maxReduction~uniform(0.2,0.5)", "--replicates", "20")]
    [TestCase("follow-up", "--analysis", "joint-rank", "--replicates", "20")]
    [TestCase("sweep", "--analyses", "joint-rank", "--vary", "effect.maxReduction=0.2,0.5", "--replicates", "20")]
    public async Task Command_OfTheWholeTrial_SaysThatLooksAreLeftOut(string command, params string[] options)
    {
        ToolRun run = await ToolRun.Of([command, Sequential, .. options]);

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Does.Match(@"\Atofersen-sim: the looks of 'looks' are left out: [^\n]+\n\z"));
    }

    [TestCase("sweep", "--vary", "effect.maxReduction=0.2,0.5")]
    [TestCase("compare")]
    [TestCase("assurance", "--prior", "effect.maxReduction~uniform(0.2,0.5)")]
    [TestCase("follow-up", "--analysis", "log-rank")]
    public async Task Command_AnalysesFail_ExitsWithThree(string command, params string[] options)
    {
        ToolRun run = await ToolRun.Of([command, Failing, .. options, "--replicates", "10"]);

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Output, Is.Not.Empty);
        Assert.That(run.Error, Does.Contain("log-rank").And.Contain("10 of 10 replicates"));
    }

    [Test]
    public async Task Size_LessPreciseThanAsked_ExitsWithOne()
    {
        ToolRun run = await ToolRun.Of(
            "size", "valor", "--analysis", "slopes-28", "--precision", "0.005", "--maximum-cost", "0.1", "--format", "json");

        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.That(document.RootElement.GetProperty("precise").GetBoolean(), Is.False);
        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task FollowUp_NoEffect_SaysThatNoWeekIsBest()
    {
        string nothing = _files.Write(
            "nothing.json",
            """{ "version": 1, "base": "valor", "name": "nothing", "effect": { "type": "none" } }""");

        ToolRun run = (await ToolRun.Of("follow-up", nothing, "--analysis", "slopes-28", "--replicates", "100")).Succeeded();

        Assert.That(run.Output, Does.Contain("No week has a power above the level of 0.05"));
    }
}
