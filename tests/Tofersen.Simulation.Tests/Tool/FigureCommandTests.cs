using System.Text.Json;
using System.Xml.Linq;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>Figures that commands write.</summary>
public sealed class FigureCommandTests
{
    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task Size_Figure_ShowsEveryNumberTriedAndTheAnswer()
    {
        string file = _files.At("size.svg");
        ToolRun run = (await ToolRun.Of(
            "size", "valor", "--analysis", "ancova-28", "--power", "0.3", "--precision", "0.3", "--format", "json", "--figure", file)).Succeeded();

        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        string[] titles = Titles(file);
        foreach (JsonElement tried in root.GetProperty("tried").EnumerateArray())
        {
            Assert.That(titles, Has.Some.StartsWith(FormattableString.Invariant($"{tried.GetProperty("participants").GetInt32()}: ")));
        }

        Assert.That(Description(file), Does.Contain(FormattableString.Invariant($"crosses 0.3 at {root.GetProperty("crossing").GetDouble():0.###}")));
    }

    [Test]
    public async Task Size_FigureOfAProperty_NamesItOnTheAxis()
    {
        string file = _files.At("effect.svg");
        (await ToolRun.Of(
            "size", "valor", "--analysis", "ancova-28", "--power", "0.12", "--precision", "0.5", "--vary", "effect.maxReduction=0.1:0.9", "--figure", file)).Succeeded();

        Assert.That(Texts(file), Does.Contain("effect.maxReduction"));
    }

    [Test]
    public async Task FollowUp_Figure_HasAPointAWeek()
    {
        string file = _files.At("weeks.svg");
        ToolRun run = (await ToolRun.Of(
            "follow-up", "valor-ole", "--analysis", "slopes-52", "--replicates", "50", "--format", "json", "--figure", file)).Succeeded();

        using JsonDocument document = JsonDocument.Parse(run.Output);
        string[] weeks = [.. document.RootElement.GetProperty("weeks").EnumerateArray().Select(w => FormattableString.Invariant($"week {w.GetProperty("week").GetDouble()}: "))];
        Assert.That(weeks, Has.Length.GreaterThan(1));
        string[] titles = Titles(file);
        Assert.That(weeks.Where(w => !titles.Any(t => t.StartsWith(w, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    [Test]
    public async Task Check_Figure_HasEveryTargetPublishedAndSimulated()
    {
        string file = _files.At("deep", "check.svg");
        ToolRun run = await ToolRun.Of("check", "valor", "--replicates", "100", "--format", "json", "--figure", file);

        using JsonDocument document = JsonDocument.Parse(run.Output);
        string[] titles = Titles(file);
        foreach (string? name in document.RootElement.GetProperty("targets").EnumerateArray().Select(t => t.GetProperty("name").GetString()))
        {
            Assert.That(titles, Has.Some.StartsWith($"{name}: published ").And.Some.StartsWith($"{name}: simulated ").And.Some.StartsWith($"{name}: accepted "));
        }
    }

    [Test]
    public async Task Power_Out_HasFiguresThatMergeWritesToTheByte()
    {
        string scenario = _files.Write("quick.json", ToolRun.QuickScenario);
        (await ToolRun.Of("power", scenario, "--replicates", "70", "--out", _files.At("power"), "--parallelism", "1")).Succeeded();
        (await ToolRun.Of("plan", scenario, "--replicates", "70", "--collect", "everything", "--out", _files.At("plan"))).Succeeded();
        (await ToolRun.Of("run", _files.At("plan"))).Succeeded();
        (await ToolRun.Of("merge", _files.At("plan"), "--out", _files.At("merged"))).Succeeded();

        string[] names = [.. Directory.GetFiles(_files.At("power"), "*.svg").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        Assert.That(names, Is.SupersetOf((string[])["estimates.svg", "gap.svg", "individuals.svg", "kaplan-meier.svg", "mean-change.svg", "power.svg"]));
        Assert.That(names.Where(n => !File.ReadAllBytes(_files.At("power", n)).SequenceEqual(File.ReadAllBytes(_files.At("merged", n)))), Is.Empty);
        Assert.That(Titles(_files.At("power", "power.svg")), Has.Some.Contains("joint-rank"));
    }

    [TestCase("", "power-curve.svg")]
    [TestCase("--vary design.participants=90,126", "power-surface-joint-rank.svg")]
    [TestCase("--vary design.participants=90,126 --one-at-a-time", "tornado-joint-rank.svg")]
    public async Task Sweep_Out_HasTheFigureOfItsLayout(string more, string expected)
    {
        string scenario = _files.Write("quick.json", ToolRun.QuickScenario);
        (await ToolRun.Of(
        [
            "sweep", scenario, "--vary", "effect.maxReduction=0.3,0.6", .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--replicates", "50",
            "--out", _files.At("sweep"),
        ])).Succeeded();

        Assert.That(Directory.GetFiles(_files.At("sweep"), "*.svg").Select(Path.GetFileName), Is.EqualTo((string[])[expected]));
    }

    [TestCase("figure.png")]
    [TestCase("")]
    public async Task Figure_NotAnSvgFile_IsRefused(string name) =>
        Assert.That(await ToolRun.RefusalOf("check", "valor", "--figure", name), Does.Contain($"--figure is '{name}'"));

    // Before any work: ten million trials would take an hour.
    [Test]
    public async Task Figure_PlaceThatCannotBeWritten_IsRefusedBeforeTheWork()
    {
        Directory.CreateDirectory(_files.At("taken.svg"));

        Assert.That(
            await ToolRun.RefusalOf("check", "valor", "--replicates", "10000000", "--figure", _files.At("taken.svg")),
            Does.Contain("taken.svg' is a folder"));
    }

    private static string[] Titles(string file) => [.. XDocument.Load(file).Descendants().Where(e => e.Name.LocalName == "title").Select(e => e.Value)];

    private static string[] Texts(string file) => [.. XDocument.Load(file).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];

    private static string Description(string file) => XDocument.Load(file).Root!.Elements().Single(e => e.Name.LocalName == "desc").Value;
}
