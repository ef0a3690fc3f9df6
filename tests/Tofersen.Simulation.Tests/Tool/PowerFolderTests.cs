using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tool;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>Where <c>power --out</c> writes, and what it leaves behind.</summary>
public sealed class PowerFolderTests
{
    // What VALOR calls for, with its biomarkers and measures of strength.
    private static readonly string[] Files =
    [
        "courses.csv", "estimates.svg", "events.csv", "gap-hhd.svg", "gap-nfl.svg", "gap-sod1.svg", "gap-svc.svg", "gap.svg", "individuals.svg", "kaplan-meier.svg",
        "mean-change-hhd.svg", "mean-change-nfl.svg", "mean-change-sod1.svg", "mean-change-svc.svg", "mean-change.svg", "power.csv", "power.svg", "result.study", "scenario.json",
    ];

    private TemporaryFolder _scenarios = null!;
    private TemporaryFolder _files = null!;
    private string _quick = "";

    [SetUp]
    public void MakeFolders()
    {
        _scenarios = new TemporaryFolder();
        _files = new TemporaryFolder();
        _quick = _scenarios.Write("quick.json", ToolRun.QuickScenario);
    }

    [TearDown]
    public void DeleteFolders()
    {
        _scenarios.Dispose();
        _files.Dispose();
    }

    [Test]
    public async Task Power_NewFolder_HoldsItsFilesAndNothingElseIsMade()
    {
        ToolRun run = await Power(_files.At("out"));

        Assert.That(run.Succeeded().Output, Is.Not.Empty);
        Assert.That(_files.Entries, Is.EqualTo((string[])["out", .. Files.Select(f => "out/" + f)]));
    }

    [Test]
    public async Task Power_NewFolderSeveralLevelsDown_IsMade()
    {
        (await Power(_files.At("a", "b", "out"))).Succeeded();

        Assert.That(_files.Entries, Has.Member("a/b/out/power.csv").And.Exactly(3 + Files.Length).Items);
    }

    [Test]
    public async Task Power_FolderWithTrailingSeparator_IsTheSameFolder()
    {
        (await Power(_files.At("out") + Path.DirectorySeparatorChar)).Succeeded();

        Assert.That(_files.Entries, Has.Member("out/power.csv").And.Exactly(1 + Files.Length).Items);
    }

    [Test]
    public async Task Power_ScenarioFile_ReadsBackAsTheScenarioThatWasRun()
    {
        (await Power(_files.At("out"))).Succeeded();

        Scenario written = ScenarioJson.Read(await File.ReadAllTextAsync(_files.At("out", "scenario.json")));
        Assert.That(written, Is.EqualTo(Presets.ReadScenario(ToolRun.QuickScenario)));
    }

    [Test]
    public async Task Power_ExistingFolder_KeepsOtherFilesAndReplacesItsOwn()
    {
        Directory.CreateDirectory(_files.At("out", "sub"));
        string notes = _files.Write(Path.Combine("out", "notes.txt"), "mine");
        string power = _files.Write(Path.Combine("out", "power.csv"), "old");

        (await Power(_files.At("out"))).Succeeded();

        Assert.That(await File.ReadAllTextAsync(notes), Is.EqualTo("mine"));
        Assert.That(await File.ReadAllTextAsync(power), Does.StartWith("analysis,"));
        Assert.That(_files.Entries, Is.EqualTo(
            ((string[])["out", "out/notes.txt", "out/sub", .. Files.Select(f => "out/" + f)]).Order(StringComparer.Ordinal)));
    }

    [Test]
    public async Task Power_FileInPlaceOfTheFolder_IsRefusedAndKept()
    {
        string file = _files.Write("out", "mine");

        Assert.That(await Refused(file), Does.Contain(file).And.Contain("is a file"));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("mine"));
        Assert.That(_files.Entries, Is.EqualTo((string[])["out"]));
    }

    [TestCase("out")]
    [TestCase("a/b/out")]
    public async Task Power_FolderBelowAFile_IsRefusedAndTheFileKept(string below)
    {
        string file = _files.Write("file", "mine");

        Assert.That(await Refused(Path.Combine(file, below)), Does.Contain(file));
        Assert.That(_files.Entries, Is.EqualTo((string[])["file"]));
    }

    [TestCase("out")]
    [TestCase("a/out")]
    [TestCase("a/b/c/out")]
    public void Power_FailureDuringTheRun_LeavesNothingBehind(string folder)
    {
        string nobody = _scenarios.Write("nobody.json", """
            {
              "version": 1, "base": "valor", "analyses": [ { "method": "jointRank", "week": 28 } ],
              "population": { "strata": { "slow": { "inclusion": [ { "trait": "age", "minimum": 500 } ] } } }
            }
            """);

        Assert.That(() => Run(nobody, _files.At(folder.Split('/')), CancellationToken.None), Throws.TypeOf<ReplicateException>());
        Assert.That(_files.Entries, Is.Empty);
    }

    [TestCase("out")]
    [TestCase("a/out")]
    [TestCase("a/b/c/out")]
    public void Power_CancelledDuringTheRun_LeavesNothingBehind(string folder)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(0.2));

        Assert.That(
            () => Run(_quick, _files.At(folder.Split('/')), cancellation.Token, replicates: 100_000_000),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_files.Entries, Is.Empty);
    }

    [Test]
    public void Power_CancelledWithAnEarlierResult_KeepsTheEarlierResult()
    {
        Directory.CreateDirectory(_files.At("out"));
        string power = _files.Write(Path.Combine("out", "power.csv"), "old");

        Assert.That(
            () => Run(_quick, _files.At("out"), new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(File.ReadAllText(power), Is.EqualTo("old"));
        Assert.That(_files.Entries, Is.EqualTo((string[])["out", "out/power.csv"]));
    }

    [Test]
    public async Task Power_FolderThatCannotBeWritten_IsFoundOutBeforeTheRun()
    {
        string file = _files.Write("file", "mine");
        long start = Environment.TickCount64;

        await ToolRun.RefusalOf("power", _quick, "--replicates", "100000000", "--out", Path.Combine(file, "out"));

        // A hundred million trials take hours.
        Assert.That(Environment.TickCount64 - start, Is.LessThan(20_000));
    }

    [Test]
    public async Task Power_FolderAndJson_PrintsTheSameDocumentAsWithoutFolder()
    {
        string[] common = ["power", _quick, "--replicates", "5", "--format", "json"];

        ToolRun with = await ToolRun.Of([.. common, "--out", _files.At("out")]);
        ToolRun without = await ToolRun.Of(common);

        Assert.That(with.Succeeded().Output, Is.EqualTo(without.Succeeded().Output));
    }

    private static void Run(string scenario, string folder, CancellationToken cancellation, int replicates = 5) =>
        PowerCommand.Run(
            new PowerRequest(scenario, Analyses: null, new RunOptions { Replicates = replicates }, Json: false, folder, FailureLimit: 1),
            new ProgressBar(TextWriter.Null, isWanted: false),
            TextWriter.Null,
            TextWriter.Null,
            cancellation);

    private Task<ToolRun> Power(string folder) => ToolRun.Of("power", _quick, "--replicates", "5", "--out", folder);

    private Task<string> Refused(string folder) => ToolRun.RefusalOf("power", _quick, "--replicates", "5", "--out", folder);
}
