using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Tool;

public sealed class ScenarioCommandTests
{
    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task List_Presets_GivesALineEachWithNameAndDescription()
    {
        ToolRun run = (await ToolRun.Of("scenario", "list")).Succeeded();

        Assert.That(run.Output.Split('\n')[..^1], Has.Length.EqualTo(Presets.All.Count));
        foreach (Preset preset in Presets.All)
        {
            Assert.That(run.Output, Does.Match($"(?m)^{preset.Name} +{Regex.Escape(preset.Scenario.Description)}$"));
        }
    }

    [Test]
    public async Task Show_Preset_PrintsAScenarioThatReadsBackEqual()
    {
        foreach (Preset preset in Presets.All)
        {
            ToolRun run = (await ToolRun.Of("scenario", "show", preset.Name)).Succeeded();

            Assert.That(ScenarioJson.Read(run.Output), Is.EqualTo(preset.Scenario));
        }
    }

    [Test]
    public async Task Show_ChangedPreset_PrintsItComplete()
    {
        string file = _files.Write("s.json", """{ "version": 1, "base": "valor", "design": { "participants": 200 } }""");

        ToolRun run = (await ToolRun.Of("scenario", "show", file)).Succeeded();

        Assert.That(run.Output, Does.Not.Contain("\"base\""));
        Assert.That(ScenarioJson.Read(run.Output).Design.Participants, Is.EqualTo(200));
    }

    [Test]
    public async Task Show_Sources_PrintsALineForEach()
    {
        string file = _files.Write("s.json", """{ "version": 1, "base": "valor-ole" }""");
        foreach (string name in (string[])["valor-ole", file])
        {
            ToolRun run = (await ToolRun.Of("scenario", "show", name, "--sources")).Succeeded();

            string[] lines = run.Output.Split('\n')[..^1];
            Assert.That(lines, Has.Length.EqualTo(ValorOpenLabelExtension.ToWeek52.Sources.Count));
            Assert.That(lines, Is.All.Match(@"^[a-zA-Z.\[\]0-9]+: (PUBLISHED|DERIVED|FITTED|ASSUMPTION)\. .+\.$"));
        }
    }

    // The preset's events are death, ventilation, withdrawal for progression and, fourth, other withdrawal at a constant rate.
    [Test]
    public async Task Show_SourcesWhereTheListOfEventsChanges_SaysWhatIsLeftOutAndWhatIsNew()
    {
        string file = _files.Write(
            "s.json",
            """
            { "version": 1, "base": "valor-ole", "observation": { "events": [
              { "type": "constant", "kind": "otherWithdrawal", "perWeek": 0.006 },
              { "type": "constant", "kind": "death", "perWeek": 0.001 } ] } }
            """);

        string[] events = [.. (await ToolRun.Of("scenario", "show", file, "--sources")).Succeeded().Output.Split('\n')
            .Where(l => l.StartsWith("observation.events[", StringComparison.Ordinal))];

        Assert.That(events, Has.Member($"observation.events[0].perWeek: CHANGED in {file}; the source of preset 'valor-ole' does not apply."));
        Assert.That(events, Has.Member($"observation.events[2].perWeek: LEFT OUT of {file}; the position is that in preset 'valor-ole'."));
        Assert.That(events[^1], Does.StartWith($"observation.events[1]: NEW in {file}: constant, kind death, perWeek 0.001;"));
        Assert.That(events.Count(l => l.Contains("CHANGED", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task Show_SourcesOfAScenarioOfOnesOwn_IsRefused()
    {
        string file = _files.Write("own.json", ScenarioJson.Write(Valor.Preset.Scenario));

        Assert.That(await ToolRun.RefusalOf("scenario", "show", file, "--sources"), Does.Contain(file).And.Contain("preset"));
    }

    [Test]
    public async Task Validate_ValidFile_SaysWhatItHolds()
    {
        string file = _files.Write("s.json", ToolRun.QuickScenario);

        ToolRun run = (await ToolRun.Of("scenario", "validate", file)).Succeeded();

        Assert.That(run.Output, Is.EqualTo($"{file}: valid; scenario 'quick', 108 participants, 1 analysis.\n"));
    }

    [Test]
    public async Task Validate_FileWithByteOrderMark_IsValid()
    {
        string file = _files.At("bom.json");
        await File.WriteAllTextAsync(file, ToolRun.QuickScenario, new UTF8Encoding(true));

        Assert.That((await ToolRun.Of("scenario", "validate", file)).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Validate_InvalidFile_NamesFilePathAndRange()
    {
        string file = _files.Write("s.json", """{ "version": 1, "base": "valor", "effect": { "maxReduction": 1.5 } }""");

        Assert.That(
            await ToolRun.RefusalOf("scenario", "validate", file),
            Is.EqualTo($"tofersen-sim: {file}: $.effect.maxReduction: 1.5 is not valid. Must lie in [-1, 1]."));
    }

    [TestCase("")]
    [TestCase("hello")]
    [TestCase("[]")]
    [TestCase("{ \"version\": 1,\n\"base\": }")]
    [TestCase("{ \"version\": 1, \"base\": \"valor\", \"name\": \"\\ud800\" }")]
    [TestCase("{ \"version\": 1, \"base\": \"valor\", \"a\\nb\": 1 }")]
    public async Task Validate_Nonsense_IsRefusedInOneLine(string text)
    {
        string file = _files.Write("s.json", text);

        Assert.That(await ToolRun.RefusalOf("scenario", "validate", file), Does.Contain(file));
    }

    [Test]
    public async Task Validate_BinaryFile_IsRefusedInOneLine()
    {
        string file = _files.At("binary");
        var bytes = new byte[10_000];
        new Random(17).NextBytes(bytes);
        await File.WriteAllBytesAsync(file, bytes);

        Assert.That(await ToolRun.RefusalOf("scenario", "validate", file), Does.Contain("not valid JSON"));
    }

    [Test]
    public async Task Validate_HugeFile_IsRefusedUnread()
    {
        string file = _files.At("huge.json");
        await using (FileStream stream = File.Create(file))
        {
            stream.SetLength((16 << 20) + 1);
        }

        Assert.That(await ToolRun.RefusalOf("scenario", "validate", file), Does.Contain("larger than 16 MiB"));
    }

    [Test]
    public async Task Validate_MissingFile_NamesIt()
    {
        string file = _files.At("missing.json");

        Assert.That(await ToolRun.RefusalOf("scenario", "validate", file), Is.EqualTo($"tofersen-sim: There is no file '{file}'."));
    }

    [Test]
    public async Task Validate_Folder_SaysThatItIsOne() =>
        Assert.That(await ToolRun.RefusalOf("scenario", "validate", _files.FullName), Does.Contain("is a folder, not a file"));

    [Test]
    public async Task Schema_IsTheLibrarysSchema()
    {
        ToolRun run = (await ToolRun.Of("scenario", "schema")).Succeeded();

        Assert.That(run.Output, Is.EqualTo(ScenarioJson.Schema()));
        Assert.That(() => JsonDocument.Parse(run.Output).Dispose(), Throws.Nothing);
    }
}
