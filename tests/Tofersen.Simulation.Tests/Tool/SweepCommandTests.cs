using System.Text.Json;

namespace Tofersen.Simulation.Tests.Tool;

public sealed class SweepCommandTests
{
    private static readonly string[] Vary = ["--vary", "effect.maxReduction=0:0.8:0.4", "--vary", "design.participants=40,108", "--replicates", "20"];

    private TemporaryFolder _files = null!;

    private string Quick => _files.Write("quick.json", ToolRun.QuickScenario);

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task Sweep_Json_HasEveryCellWithItsSettingsAndDifferences()
    {
        ToolRun run = (await ToolRun.Of(["sweep", Quick, .. Vary, "--format", "json"])).Succeeded();

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        Assert.That(
            root.EnumerateObject().Select(p => p.Name), Is.EqualTo((string[])["scenario", "seed", "layout", "axes", "reference", "cells"]));
        Assert.That(root.GetProperty("layout").GetString(), Is.EqualTo("fullGrid"));
        Assert.That(root.GetProperty("reference").GetInt32(), Is.EqualTo(5));
        Assert.That(root.GetProperty("axes")[0].GetProperty("present").GetDouble(), Is.EqualTo(0.8));
        JsonElement[] cells = [.. root.GetProperty("cells").EnumerateArray()];
        Assert.That(cells, Has.Length.EqualTo(6));
        Assert.That(cells[3].GetProperty("settings").GetProperty("effect.maxReduction").GetDouble(), Is.EqualTo(0.4));
        Assert.That(cells[3].GetProperty("settings").GetProperty("design.participants").GetDouble(), Is.EqualTo(108));
        JsonElement analysis = cells[3].GetProperty("analyses")[0];
        Assert.That(
            analysis.GetProperty("difference").GetDouble(),
            Is.EqualTo(analysis.GetProperty("power").GetDouble() - cells[5].GetProperty("analyses")[0].GetProperty("power").GetDouble()).Within(1e-15));
        Assert.That(cells[5].GetProperty("analyses")[0].GetProperty("differenceMcse").GetDouble(), Is.Zero);
    }

    [Test]
    public async Task Sweep_AnyThreadsAndBlockSize_GivesTheSameBytesAndFiles()
    {
        foreach ((string threads, string block) in ((string, string)[])[("1", "1"), ("2", "7"), ("5", "1000")])
        {
            ToolRun run = (await ToolRun.Of(
                ["sweep", Quick, .. Vary, "--one-at-a-time", "--format", "json", "--parallelism", threads, "--block-size", block, "--out", _files.At(threads)]))
                .Succeeded();
            await File.WriteAllTextAsync(_files.At(threads, "out.json"), run.Output);
        }

        foreach (string file in (string[])["out.json", "sweep.csv", "tornado.csv", "scenario.json"])
        {
            byte[] expected = await File.ReadAllBytesAsync(_files.At("1", file));
            Assert.That(await File.ReadAllBytesAsync(_files.At("2", file)), Is.EqualTo(expected), file);
            Assert.That(await File.ReadAllBytesAsync(_files.At("5", file)), Is.EqualTo(expected), file);
        }
    }

    [Test]
    public async Task Sweep_Files_HaveARowACellAndAnalysis()
    {
        (await ToolRun.Of(["sweep", Quick, .. Vary, "--out", _files.At("grid")])).Succeeded();
        (await ToolRun.Of(["sweep", Quick, .. Vary, "--one-at-a-time", "--out", _files.At("single")])).Succeeded();

        Assert.That(Directory.GetFiles(_files.At("grid")).Select(Path.GetFileName), Is.EquivalentTo((string[])["sweep.csv", "scenario.json", "power-surface-joint-rank.svg"]));
        string[] grid = await File.ReadAllLinesAsync(_files.At("grid", "sweep.csv"));
        Assert.That(grid[0], Does.StartWith("effect.maxReduction,design.participants,analysis,alpha,power,mcse,lower,upper,difference,differenceMcse,"));
        Assert.That(grid, Has.Length.EqualTo(7));
        Assert.That(grid[4], Does.StartWith("0.4,108,joint-rank,0.05,"));

        // What is left as it is has its value in every row.
        string[] single = await File.ReadAllLinesAsync(_files.At("single", "sweep.csv"));
        Assert.That(single.Skip(1).Select(l => string.Join(',', l.Split(',')[..2])), Is.EqualTo((string[])["0.8,108", "0,108", "0.4,108", "0.8,108", "0.8,40", "0.8,108"]));
        Assert.That(await File.ReadAllLinesAsync(_files.At("single", "tornado.csv")), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task Sweep_Text_SaysWhatItIs()
    {
        string grid = (await ToolRun.Of(["sweep", Quick, .. Vary])).Succeeded().Output;
        string tornado = (await ToolRun.Of(["sweep", Quick, .. Vary, "--one-at-a-time"])).Succeeded().Output;

        Assert.That(grid, Does.StartWith("quick: 6 cells, 20 simulated trials each, seed 1\n").And.Contain("no evidence about a medicine"));
        Assert.That(grid, Does.Match(@"(?m)^0\.8 +108 +joint-rank .* reference "));
        Assert.That(grid, Does.Not.Contain("NaN"));
        Assert.That(tornado, Does.Match(@"(?m)^joint-rank: power 0\.\d{4} ± 0\.\d{4} as it is$").And.Contain("0.8 (as it is)"));
    }

    [Test]
    public async Task Sweep_Reference_IsTheCellThatIsNamed()
    {
        ToolRun run = await ToolRun.Of(
            ["sweep", Quick, .. Vary, "--reference", "design.participants=40", "--reference", "effect.maxReduction=0.4", "--format", "json"]);

        using JsonDocument document = JsonDocument.Parse(run.Succeeded().Output);
        Assert.That(document.RootElement.GetProperty("reference").GetInt32(), Is.EqualTo(2));
    }

    [TestCase("effect.maxReductio=0.2", "Did you mean 'maxReduction'")]
    [TestCase("effect.maxReduction=0.2:2:0.5", "effect.maxReduction = 1.2")]
    [TestCase("effect.maxReduction=0.2:0.6", "from:to:step")]
    [TestCase("effect.maxReduction", "path=values")]
    [TestCase("design.participants=2:100000:1", "more than 10000")]
    [TestCase("effect.maxReduction=0.2,0.2", "twice")]
    public async Task Sweep_BadAxis_IsRefused(string vary, string message) =>
        Assert.That(await ToolRun.RefusalOf("sweep", Quick, "--vary", vary, "--replicates", "2"), Does.Contain(message));

    [TestCase("--reference effect.maxReduction=0.4", "no value of design.participants")]
    [TestCase("--reference effect.lagWeeks=0.4", "must be a property that is varied")]
    [TestCase("--reference effect.maxReduction=0.1 --reference design.participants=40", "it must be one of the values in --vary: 0, 0.4, 0.8.")]
    [TestCase("--one-at-a-time --reference effect.maxReduction=0.4 --reference design.participants=40", "no other reference")]
    public async Task Sweep_BadReference_IsRefused(string arguments, string message) =>
        Assert.That(await ToolRun.RefusalOf(["sweep", Quick, .. Vary, .. arguments.Split(' ')]), Does.Contain(message));

    [Test]
    public async Task Sweep_Analyses_RunsThoseAlone()
    {
        ToolRun run = (await ToolRun.Of(
            "sweep", "valor", "--vary", "design.participants=40,108", "--analyses", "log-rank-28,joint-rank-28", "--replicates", "5", "--format", "json"))
            .Succeeded();

        using JsonDocument document = JsonDocument.Parse(run.Output);
        foreach (JsonElement cell in document.RootElement.GetProperty("cells").EnumerateArray())
        {
            Assert.That(
                cell.GetProperty("analyses").EnumerateArray().Select(a => a.GetProperty("name").GetString()),
                Is.EqualTo((string[])["joint-rank-28", "log-rank-28"]));
        }

        Assert.That(
            await ToolRun.RefusalOf("sweep", "valor", "--vary", "design.participants=40", "--analyses", "mmrm"),
            Does.Contain("Scenario 'valor' has no analysis 'mmrm'; there are ancova-28-fast"));
    }

    [Test]
    public async Task Sweep_NoVary_IsRefused() => Assert.That(await ToolRun.RefusalOf("sweep", Quick), Does.Contain("--vary"));
}
