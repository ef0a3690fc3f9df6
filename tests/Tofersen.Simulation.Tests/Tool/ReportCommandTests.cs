using Tofersen.Simulation.Tests.MonteCarlo;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>The command <c>report</c>: from what it is made, where it goes, and what is refused.</summary>
public sealed class ReportCommandTests
{
    private TemporaryFolder _files = null!;
    private string _quick = "";

    private string Page => _files.At("report.html");

    [SetUp]
    public async Task MakeResult()
    {
        _files = new TemporaryFolder();
        _quick = _files.Write("quick.json", ToolRun.QuickScenario);
        (await ToolRun.Of("power", _quick, "--replicates", "20", "--out", _files.At("out"))).Succeeded();
    }

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task Report_FolderOfPower_WritesThePageAndOneLine()
    {
        ToolRun run = (await ToolRun.Of("report", _files.At("out"), "--out", Page)).Succeeded();

        Assert.That(run.Output, Is.EqualTo($"Report on 20 simulated trials of 'quick' written to {Page}.\n"));
        Assert.That(await File.ReadAllTextAsync(Page), Does.StartWith("<!DOCTYPE html>\n").And.Contain("<h1>quick</h1>"));
    }

    [Test]
    public async Task Report_FileStudyFolderAndMergedResult_AreTheSamePage()
    {
        (await ToolRun.Of("plan", _quick, "--replicates", "20", "--block-size", "3", "--collect", "everything", "--out", _files.At("plan"))).Succeeded();
        (await ToolRun.Of("run", _files.At("plan"))).Succeeded();
        (await ToolRun.Of("merge", _files.At("plan"), "--out", _files.At("merged"))).Succeeded();
        (await ToolRun.Of("report", _files.At("out"), "--out", Page)).Succeeded();
        byte[] expected = await File.ReadAllBytesAsync(Page);

        foreach (string source in (string[])[_files.At("out", "result.study"), _files.At("plan"), _files.At("merged")])
        {
            (await ToolRun.Of("report", source, "--out", Page)).Succeeded();

            Assert.That(await File.ReadAllBytesAsync(Page), Is.EqualTo(expected), source);
        }
    }

    [Test]
    public async Task Report_PageInAFolderThatIsNotThere_MakesTheFolder()
    {
        (await ToolRun.Of("report", _files.At("out"), "--out", _files.At("a", "b", "report.html"))).Succeeded();

        Assert.That(Directory.GetFiles(_files.At("a", "b")).Select(Path.GetFileName), Is.EqualTo((string[])["report.html"]));
    }

    [Test]
    public async Task Report_Preset_IsTheOneThatIsComparedWith()
    {
        (await ToolRun.Of("report", _files.At("out"), "--out", Page, "--preset", "valor-ole")).Succeeded();

        Assert.That(await File.ReadAllTextAsync(Page), Does.Contain("compared with the preset &#x27;valor-ole&#x27;"));
    }

    [Test]
    public async Task Report_FolderInPlaceOfThePage_IsRefused() =>
        Assert.That(await RefusalOf(_files.At("out"), _files.At("out")), Does.Contain("is a folder"));

    [Test]
    public async Task Report_FolderWithoutAResult_SaysWhatWouldWork()
    {
        Directory.CreateDirectory(_files.At("empty"));

        Assert.That(await RefusalOf(_files.At("empty"), Page), Does.Contain("result.study").And.Contain("power SCENARIO --out DIR"));
        Assert.That(File.Exists(Page), Is.False);
    }

    [Test]
    public async Task Report_NothingThere_SaysWhatWouldWork() =>
        Assert.That(await RefusalOf(_files.At("nothing"), Page), Does.Contain("no folder and no file").And.Contain("power SCENARIO --out DIR"));

    [Test]
    public async Task Report_JsonOfPower_IsRefusedAndSaysWhatWouldWork()
    {
        string json = _files.Write("power.json", (await ToolRun.Of("power", _quick, "--replicates", "5", "--format", "json")).Output);

        Assert.That(await RefusalOf(json, Page), Does.Contain("is no result").And.Contain("result.study").And.Contain("power --out"));
    }

    [Test]
    public async Task Report_DamagedResult_IsRefused()
    {
        string file = _files.At("out", "result.study");
        await File.WriteAllBytesAsync(file, (await File.ReadAllBytesAsync(file))[..^1]);

        Assert.That(await RefusalOf(_files.At("out"), Page), Does.Contain("is damaged"));
    }

    [Test]
    public async Task Report_ResultOfAnotherVersion_IsRefused()
    {
        ResultBytes.Replace(_files.At("out", "result.study"), "\"version\":\"0.", "\"version\":\"9.");

        Assert.That(await RefusalOf(_files.At("out"), Page), Does.Contain("was written by version 9.").And.Contain("run again"));
    }

    [Test]
    public async Task Report_StudyThatIsNotComplete_IsRefused()
    {
        (await ToolRun.Of("plan", _quick, "--replicates", "20", "--block-size", "5", "--out", _files.At("plan"))).Succeeded();

        Assert.That(await RefusalOf(_files.At("plan"), Page), Does.Contain("4 of 4 blocks"));
    }

    [Test]
    public async Task Report_UnknownPreset_IsRefused() => Assert.That(
        await ToolRun.RefusalOf("report", _files.At("out"), "--out", Page, "--preset", "valour"), Does.Contain("'valour'").And.Contain("valor-ole"));

    private static Task<string> RefusalOf(string result, string page) => ToolRun.RefusalOf("report", result, "--out", page);
}
