using System.Text.Json;

namespace Tofersen.Simulation.Tests.Tool;

public sealed class PowerCommandTests
{
    // The document of the design, section 8.
    private static readonly string[] Keys = ["scenario", "seed", "replicates", "analyses", "version"];

    private static readonly string[] AnalysisKeys =
    [
        "name", "power", "mcse", "lower", "upper", "meanEstimate", "trueValue", "bias", "empiricalSe", "modelSe", "coverage",
        "planned", "analysed", "failed", "nonConverged", "alpha", "unit",
    ];

    private TemporaryFolder _files = null!;

    private string Quick => _files.Write("quick.json", ToolRun.QuickScenario);

    private string Failing => _files.Write("failing.json", ToolRun.FailingScenario);

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task Power_Json_IsOneDocumentWithTheKeysInOrder()
    {
        ToolRun run = (await ToolRun.Of("power", "valor", "--replicates", "20", "--seed", "7", "--format", "json")).Succeeded();

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.That(run.Output, Does.StartWith("{\n").And.EndWith("\n}\n"));
        Assert.That(root.EnumerateObject().Select(p => p.Name), Is.EqualTo(Keys));
        Assert.That(root.GetProperty("scenario").GetString(), Is.EqualTo("valor"));
        Assert.That(root.GetProperty("seed").GetUInt64(), Is.EqualTo(7));
        Assert.That(root.GetProperty("replicates").GetInt32(), Is.EqualTo(20));
        Assert.That(root.GetProperty("analyses").GetArrayLength(), Is.EqualTo(6));
        foreach (JsonElement analysis in root.GetProperty("analyses").EnumerateArray())
        {
            Assert.That(analysis.EnumerateObject().Select(p => p.Name), Is.EqualTo(AnalysisKeys));
            Assert.That(analysis.GetProperty("planned").GetInt32(), Is.EqualTo(20));
        }
    }

    [Test]
    public async Task Power_LargestSeed_IsWrittenInFull()
    {
        ToolRun run = await ToolRun.Of(
            "power", Quick, "--replicates", "2", "--seed", "18446744073709551615", "--format", "json");

        Assert.That(run.Succeeded().Output, Does.Contain("\"seed\": 18446744073709551615,"));
    }

    [Test]
    public async Task Power_AnyThreadsAndBlockSize_GivesTheSameBytes()
    {
        string[] common = ["power", "valor", "--replicates", "60", "--seed", "11", "--format", "json"];
        string expected = (await ToolRun.Of([.. common, "--parallelism", "1", "--block-size", "1"])).Succeeded().Output;
        foreach ((string threads, string block) in (ReadOnlySpan<(string, string)>)[("1", "1000"), ("2", "7"), ("5", "1"), ("0", "64")])
        {
            ToolRun run = ToolRun.Of([.. common, "--parallelism", threads, "--block-size", block]).GetAwaiter().GetResult();

            Assert.That(run.Output, Is.EqualTo(expected), $"{threads} threads, blocks of {block}");
        }
    }

    [Test]
    public async Task Power_AnyThreadsAndBlockSize_WritesTheSameFiles()
    {
        foreach (string threads in (string[])["1", "2", "5"])
        {
            foreach (string block in (string[])["1", "7", "1000"])
            {
                await ToolRun.Of(
                    "power", Quick, "--replicates", "60", "--parallelism", threads, "--block-size", block,
                    "--out", _files.At($"{threads}-{block}"));
            }
        }

        foreach (string file in (string[])["power.csv", "courses.csv", "events.csv", "scenario.json"])
        {
            byte[][] contents = [.. Directory.GetDirectories(_files.FullName).Select(d => File.ReadAllBytes(Path.Combine(d, file)))];

            Assert.That(contents, Has.Length.EqualTo(9));
            Assert.That(contents, Is.All.EqualTo(contents[0]), file);
        }
    }

    [Test]
    public async Task Power_OtherSeed_GivesOtherNumbers()
    {
        string one = (await ToolRun.Of("power", Quick, "--replicates", "20", "--seed", "1", "--format", "json")).Output;
        string two = (await ToolRun.Of("power", Quick, "--replicates", "20", "--seed", "2", "--format", "json")).Output;

        Assert.That(two.Replace("\"seed\": 2", "\"seed\": 1", StringComparison.Ordinal), Is.Not.EqualTo(one));
    }

    [Test]
    public async Task Power_Text_SaysWhatWasRunAndThatItIsSimulated()
    {
        ToolRun run = (await ToolRun.Of("power", Quick, "--replicates", "20")).Succeeded();

        Assert.That(run.Output, Does.StartWith("quick: 108 participants, 2:1, 20 simulated trials, seed 1\n"));
        Assert.That(run.Output, Does.Contain("Simulated data: no evidence about a medicine."));
        Assert.That(run.Output, Does.Match(@"(?m)^joint-rank +[01]\.\d{4} ± 0\.\d{4} "));
    }

    // Three participants may all fall into one arm: nothing is known of the other.
    [Test]
    public async Task Power_ArmWithNobody_ShowsDashes()
    {
        string file = _files.Write("small.json", """
            {
              "version": 1, "base": "valor", "design": { "participants": 3 },
              "analyses": [ { "method": "jointRank", "week": 28 } ]
            }
            """);

        ToolRun run = await ToolRun.Of("power", file, "--replicates", "1", "--failure-limit", "1");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Not.Contain("NaN").And.Contain("–"));
    }

    [Test]
    public async Task Power_FailuresBeyondTheLimit_ExitsWithThreeAfterTheResult()
    {
        ToolRun run = await ToolRun.Of("power", Failing, "--replicates", "5", "--format", "json", "--out", _files.At("out"));

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Error, Is.EqualTo(
            "tofersen-sim: log-rank failed in 5 of 5 replicates, more than the share of 0.1 that is allowed.\n"));
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement logRank = document.RootElement.GetProperty("analyses")[1];
        Assert.That(logRank.GetProperty("failed").GetInt32(), Is.EqualTo(5));
        Assert.That(logRank.GetProperty("analysed").GetInt32(), Is.Zero);
        Assert.That(logRank.GetProperty("power").GetDouble(), Is.Zero);
        Assert.That(logRank.GetProperty("meanEstimate").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(File.Exists(_files.At("out", "power.csv")), "the files are written all the same");
    }

    [TestCase("0.999", 3)]
    [TestCase("1", 0)]
    public async Task Power_FailureLimit_IsTheLargestShareThatPasses(string limit, int exitCode) =>
        Assert.That(
            (await ToolRun.Of("power", Failing, "--replicates", "5", "--failure-limit", limit)).ExitCode, Is.EqualTo(exitCode));

    [Test]
    public async Task Power_NoFailures_PassesTheStrictestLimit() =>
        (await ToolRun.Of("power", Quick, "--replicates", "5", "--failure-limit", "0")).Succeeded();

    [Test]
    public async Task Power_NumberThatTheRatioDoesNotDivide_SaysTheMeanNumbersOfTheArms()
    {
        using var files = new TemporaryFolder();
        string file = files.Write("s.json", """{ "version": 1, "base": "valor", "design": { "participants": 100 } }""");

        string[] lines = (await ToolRun.Of("power", file, "--replicates", "2", "--analyses", "ancova-28")).Succeeded().Output.Split('\n');

        Assert.That(lines[0], Does.StartWith("valor, changed: 100 participants, 2:1, "));
        Assert.That(lines[2], Does.Contain("on average 66.7 active and 33.3 control"));
    }

    [Test]
    public async Task Power_Folder_IsSaidToBeOne()
    {
        using var files = new TemporaryFolder();

        Assert.That(await ToolRun.RefusalOf("power", files.FullName), Does.Contain($"'{files.FullName}' is a folder, not a preset or a scenario file."));
    }

    [Test]
    public async Task Power_PlaceThatTakesNothing_IsNamedAsItWasGiven()
    {
        if (!Directory.Exists("/proc/self"))
        {
            Assert.Ignore("needs a folder such as /proc, in which nobody may make anything");
        }

        string refusal = await ToolRun.RefusalOf("power", "valor", "--replicates", "1", "--out", "/proc/tofersen");

        Assert.That(refusal, Does.Contain("'/proc/tofersen'").And.Not.Contain(".tmp"));
    }

    [Test]
    public async Task Power_NoAnalyses_IsRefused()
    {
        string file = _files.Write("none.json", """{ "version": 1, "base": "valor", "analyses": [] }""");

        Assert.That(
            await ToolRun.RefusalOf("power", file),
            Is.EqualTo("tofersen-sim: Scenario 'valor, changed' has no analyses; list some under 'analyses'."));
    }

    // With a true value to compute, and without one.
    [TestCase("""{ "method": "ancova", "week": 28 }""")]
    [TestCase("""{ "method": "jointRank", "week": 28 }""")]
    public async Task Power_CriteriaThatNobodyMeets_IsRefused(string analysis)
    {
        string file = _files.Write("nobody.json", $$"""
            {
              "version": 1, "base": "valor", "analyses": [ {{analysis}} ],
              "population": { "strata": { "slow": { "inclusion": [ { "trait": "age", "minimum": 500 } ] } } }
            }
            """);

        Assert.That(await ToolRun.RefusalOf("power", file, "--replicates", "2"), Does.Contain("'slow'").And.Contain("criteria"));
    }
}
