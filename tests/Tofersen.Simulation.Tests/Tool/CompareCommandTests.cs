using System.Text.Json;

namespace Tofersen.Simulation.Tests.Tool;

public sealed class CompareCommandTests
{
    private const string Two = """
        {
          "version": 1, "base": "valor", "name": "two",
          "analyses": [ { "method": "jointRank", "name": "joint-rank", "week": 28 }, { "method": "logRank", "name": "log-rank" } ]
        }
        """;

    private TemporaryFolder _files = null!;

    private string Quick => _files.Write("quick.json", ToolRun.QuickScenario);

    private string Pair => _files.Write("two.json", Two);

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task Compare_OneScenario_ComparesItsAnalyses()
    {
        ToolRun run = (await ToolRun.Of("compare", Pair, "--replicates", "50", "--format", "json")).Succeeded();

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement only = document.RootElement.GetProperty("comparisons").EnumerateArray().Single();
        Assert.That(only.GetProperty("first").GetProperty("analysis").GetString(), Is.EqualTo("joint-rank"));
        Assert.That(only.GetProperty("second").GetProperty("analysis").GetString(), Is.EqualTo("log-rank"));
        int[] counts = [.. ((string[])["both", "firstOnly", "secondOnly", "neither"]).Select(name => only.GetProperty(name).GetInt32())];
        Assert.That(counts.Sum(), Is.EqualTo(50));
        Assert.That(only.GetProperty("difference").GetDouble(), Is.EqualTo((counts[1] - counts[2]) / 50.0).Within(1e-15));
    }

    [Test]
    public async Task Compare_TwoScenarios_ComparesAnalysesOfOneNameOrPairs()
    {
        ToolRun named = (await ToolRun.Of("compare", Quick, Pair, "--replicates", "20", "--format", "json")).Succeeded();
        ToolRun pairs = (await ToolRun.Of(
            "compare", Quick, Pair, "--replicates", "20", "--analyses", "joint-rank=log-rank,joint-rank", "--out", _files.At("out"))).Succeeded();

        using JsonDocument document = JsonDocument.Parse(named.Output);
        JsonElement only = document.RootElement.GetProperty("comparisons").EnumerateArray().Single();
        Assert.That(only.GetProperty("second").GetProperty("scenario").GetString(), Is.EqualTo("two"));
        Assert.That(only.GetProperty("difference").GetDouble(), Is.Zero, "the same trials");
        Assert.That(only.GetProperty("pValue").GetDouble(), Is.EqualTo(1));
        Assert.That(pairs.Output, Does.StartWith("quick and two: 20 simulated trials, seed 1\n").And.Match(@"(?m)^joint-rank +log-rank "));
        Assert.That(await File.ReadAllLinesAsync(_files.At("out", "compare.csv")), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Compare_AnyThreadsAndBlockSize_GivesTheSameBytes()
    {
        string[] common = ["compare", Pair, "valor", "--analyses", "joint-rank=joint-rank-28", "--replicates", "60", "--format", "json"];
        string expected = (await ToolRun.Of([.. common, "--parallelism", "1", "--block-size", "1"])).Succeeded().Output;

        Assert.That((await ToolRun.Of([.. common, "--parallelism", "2", "--block-size", "7"])).Output, Is.EqualTo(expected));
        Assert.That((await ToolRun.Of([.. common, "--parallelism", "5", "--block-size", "1000"])).Output, Is.EqualTo(expected));
    }

    // VALOR has the analyses of week 28 alone, its extension those of week 52 as well.
    [Test]
    public async Task Compare_AnalysesOfOneScenarioAlone_AreNamed()
    {
        string output = (await ToolRun.Of("compare", "valor", "valor-ole", "--replicates", "3")).Succeeded().Output;

        Assert.That(output, Does.Contain("\nNot compared, since only valor-ole has them: ancova-52, joint-rank-52, slopes-52, log-rank-52.\n"));
        Assert.That(output, Does.Not.Contain("since only valor has"));
    }

    [Test]
    public async Task Compare_BadArguments_AreRefused()
    {
        string quick = Quick;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ToolRun.RefusalOf("compare", quick), Does.Contain("at least two analyses").And.Contain("joint-rank"));
            Assert.That(await ToolRun.RefusalOf("compare", quick, "--analyses", "joint-rank,mmrm"), Does.Contain("no analysis 'mmrm'; there are joint-rank"));
            Assert.That(await ToolRun.RefusalOf("compare", Pair, "--analyses", "joint-rank,,log-rank"), Does.Contain("commas between them"));
            Assert.That(await ToolRun.RefusalOf("compare", Pair, "--analyses", "joint-rank,joint-rank"), Does.Contain("all different"));
            Assert.That(await ToolRun.RefusalOf("compare", quick, "valor"), Does.Contain("no analysis of one name").And.Contain("--analyses a=b"));
            Assert.That(await ToolRun.RefusalOf("compare", quick, "valor", "--analyses", "joint-rank"), Does.Contain("Scenario 'valor' has no analysis 'joint-rank'"));
            Assert.That(await ToolRun.RefusalOf("compare", quick, "valour"), Does.Contain("There is no preset and no file 'valour'"));
        }
    }
}
