using System.Text.Json;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>The commands <c>size</c> and <c>follow-up</c>.</summary>
public sealed class SizeCommandTests
{
    private static readonly string[] Keys =
    [
        "scenario", "analysis", "target", "precision", "seed", "status", "participants", "multiple", "crossing", "lower", "upper", "precise", "power",
        "mcse", "stillRises", "replicates", "simulatedParticipants", "cost", "tried",
    ];

    private static readonly string[] WeekKeys =
    [
        "week", "withoutExtension", "power", "mcse", "lower", "upper", "meanEstimate", "empiricalSe", "failed", "belowBest", "belowBestMcse",
        "belowBestP",
    ];

    private static readonly string[] Quick = ["size", "valor", "--analysis", "ancova-28", "--power", "0.3", "--precision", "0.3"];

    private TemporaryFolder _files = null!;

    private string NoEffect => _files.Write("none.json", """
        { "version": 1, "base": "valor", "name": "no effect", "effect": { "type": "none" }, "analyses": [ { "method": "ancova", "week": 28 } ] }
        """);

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task Size_Json_IsOneDocumentWithTheKeysInOrder()
    {
        ToolRun run = (await ToolRun.Of([.. Quick, "--format", "json"])).Succeeded();

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.That(root.EnumerateObject().Select(p => p.Name), Is.EqualTo(Keys));
        Assert.That(root.GetProperty("status").GetString(), Is.EqualTo("found"));
        Assert.That(root.GetProperty("participants").GetInt32() % 3, Is.Zero);
        Assert.That(root.GetProperty("tried").EnumerateArray().Sum(t => t.GetProperty("replicates").GetInt32()), Is.EqualTo(root.GetProperty("replicates").GetInt32()));
    }

    [Test]
    public async Task Size_Text_SaysTheNumberItsIntervalAndThatItIsSimulated()
    {
        ToolRun run = (await ToolRun.Of(Quick)).Succeeded();

        Assert.That(run.Output, Does.StartWith("valor: participants with power 0.3, ancova-28, 2:1, seed 1\nSimulated data: no evidence about a medicine."));
        Assert.That(run.Output, Does.Match(@"(?m)^\d+ participants: power 0\.\d{4} ± 0\.\d{4}\. The power crosses 0\.3 at [\d.]+, 95 % interval [\d.]+ to [\d.]+;$"));
        Assert.That(run.Output, Does.Match(@"(?m)^Simulated: [\d,]+ trials, [\d,]+ participants, \d+\.\d times 10,000 trials at the answer\.$"));
    }

    [Test]
    public async Task Size_AnyThreadsAndBlockSize_GivesTheSameBytes()
    {
        string expected = (await ToolRun.Of([.. Quick, "--format", "json"])).Succeeded().Output;

        Assert.That((await ToolRun.Of([.. Quick, "--format", "json", "--parallelism", "5", "--block-size", "7"])).Output, Is.EqualTo(expected));
    }

    [TestCase("--format", "json")]
    [TestCase("--format", "text")]
    public async Task Size_NoEffect_ExitsWithOneAndTellsTheCeiling(params string[] format)
    {
        ToolRun run = await ToolRun.Of(["size", NoEffect, "--maximum", "2000", .. format]);

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
        Assert.That(run.Error, Is.Empty);
        Assert.That(run.Output, format[1] == "json"
            ? Does.Contain("\"status\": \"outOfReach\"").And.Contain("\"participants\": null").And.Contain("\"crossing\": null")
            : Does.Match(@"Out of reach: with 1,998 participants, the most that were tried, the power is 0\.\d{4} ± 0\.\d{4} and does not rise any more"));
    }

    [Test]
    public async Task Size_FewestAreEnough_SaysSo()
    {
        ToolRun run = (await ToolRun.Of(
            "size", "valor", "--analysis", "ancova-28", "--power", "0.3", "--minimum", "900", "--maximum", "1000")).Succeeded();

        Assert.That(run.Output, Does.Contain("\n900 participants, the fewest that were tried, are enough: power "));
    }

    [Test]
    public async Task Size_Vary_FindsTheValue()
    {
        string[] line = ["size", "valor", "--analysis", "ancova-28", "--vary", "effect.maxReduction=0.1:0.95", "--power", "0.15", "--precision", "0.4"];
        ToolRun json = (await ToolRun.Of([.. line, "--format", "json"])).Succeeded();
        ToolRun text = (await ToolRun.Of(line)).Succeeded();

        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.That(document.RootElement.GetProperty("path").GetString(), Is.EqualTo("effect.maxReduction"));
        Assert.That(document.RootElement.GetProperty("value").GetDouble(), Is.InRange(0.3, 0.95));
        Assert.That(document.RootElement.GetProperty("rises").GetBoolean(), Is.True);
        Assert.That(text.Output, Does.Match(@"(?m)^effect\.maxReduction 0\.\d+: power 0\.\d+ ± 0\.\d+; 95 % interval 0\.\d+ to 0\.\d+\. The power rises with the value\.$"));
    }

    [TestCase("size valor --analysis ancova-28 --power 1", "--power is '1'; it must lie in [0.01, 0.999]")]
    [TestCase("size valor --analysis ancova-28 --power 0", "--power is '0'")]
    [TestCase("size valor --analysis ancova-28 --power NaN", "--power is 'NaN'")]
    [TestCase("size valor --analysis ancova-28 --power 0.04", "not above the level")]
    [TestCase("size valor --analysis ancova-28 --precision 0", "--precision is '0'; it must lie in [0.001, 0.5]")]
    [TestCase("size valor --analysis ancova-28 --maximum-cost x", "--maximum-cost is 'x'")]
    [TestCase("size valor --analysis ancova-82", "Did you mean 'ancova-28'?")]
    [TestCase("size valor", "several analyses; name one: ancova-28-fast, ")]
    [TestCase("size valor --analysis ancova-28 --minimum 300 --maximum 200", "the minimum must be below the maximum")]
    [TestCase("size valor --analysis ancova-28 --minimum 1", "--minimum is 1; it must lie in [2, 1000000]")]
    [TestCase("size valor --analysis ancova-28 --maximum 1000001", "--maximum is 1000001")]
    [TestCase("size valor --analysis ancova-28 --minimum many", "--minimum")]
    [TestCase("size valor --analysis ancova-28 --vary effect.maxReduction", "--vary is 'effect.maxReduction'; it must be PATH=FROM:TO")]
    [TestCase("size valor --analysis ancova-28 --vary effect.maxReduction=0.5:0.1", "--vary is")]
    [TestCase("size valor --analysis ancova-28 --vary effect.maxReduction=0.1:NaN", "--vary is")]
    [TestCase("size valor --analysis ancova-28 --vary =0.1:0.2", "--vary is")]
    [TestCase("size valor --analysis ancova-28 --vary effect.maxReductio=0.1:0.2", "Did you mean 'maxReduction'?")]
    [TestCase("size valor --analysis ancova-28 --vary effect.maxReduction=0.1:2", "effect.maxReduction")]
    [TestCase("size valor --analysis ancova-28 --vary effect.maxReduction=0.1:0.9 --minimum 50", "stays as it is")]
    [TestCase("size valour --analysis ancova-28", "There is no preset and no file 'valour'")]
    [TestCase("follow-up valor-ole --analysis ancova-5", "Did you mean 'ancova-52'?")]
    [TestCase("follow-up valor-ole --analysis ancova-52 --from-week 60", "no visit from week 60 on")]
    [TestCase("follow-up valor-ole --analysis ancova-52 --from-week -1", "--from-week is '-1'")]
    [TestCase("follow-up valor-ole --analysis ancova-52 --replicates 0", "--replicates is 0")]
    public async Task Command_BadInput_IsRefusedWithOneLine(string line, string expected) =>
        Assert.That(await ToolRun.RefusalOf(line.Split(' ')), Does.Contain(expected));

    [Test]
    public async Task FollowUp_Json_HasAWeekForEachEnd()
    {
        ToolRun run = (await ToolRun.Of("follow-up", "valor-ole", "--analysis", "ancova-52", "--replicates", "50", "--format", "json")).Succeeded();

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement weeks = document.RootElement.GetProperty("weeks");
        Assert.That(weeks.EnumerateArray().Select(w => w.GetProperty("week").GetDouble()), Is.EqualTo((double[])[28, 40, 52]));
        Assert.That(weeks[0].EnumerateObject().Select(p => p.Name), Is.EqualTo(WeekKeys));
        Assert.That(document.RootElement.GetProperty("comparisons").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task FollowUp_Text_NamesBothWeeks()
    {
        ToolRun run = (await ToolRun.Of("follow-up", "valor-ole", "--analysis", "ancova-52", "--replicates", "50")).Succeeded();

        Assert.That(run.Output, Does.StartWith("valor-ole: power of ancova-52 by the end of follow-up, 108 participants, 2:1, 50 simulated trials a week, seed 1\n"));
        Assert.That(run.Output, Does.Match(@"(?m)^28 \* .*$").And.Match(@"Highest power: week \d+\. Longest useful follow-up: week \d+;"));
    }

    [TestCase("size", "SCENARIO --analysis --power --precision --minimum --maximum --vary --maximum-cost --seed --parallelism --block-size --format")]
    [TestCase("follow-up", "SCENARIO --analysis --from-week --replicates --seed --parallelism --block-size --format")]
    public async Task Help_MentionsWhatTheCommandTakes(string command, string expected)
    {
        ToolRun run = (await ToolRun.Of(command, "--help")).Succeeded();

        foreach (string name in expected.Split(' '))
        {
            Assert.That(run.Output, Does.Contain(name));
        }
    }
}
