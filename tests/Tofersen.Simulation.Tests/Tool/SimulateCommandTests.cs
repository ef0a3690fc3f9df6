namespace Tofersen.Simulation.Tests.Tool;

public sealed class SimulateCommandTests
{
    private static readonly string[] Files =
    [
        "adae.csv", "adfn.csv", "adlb.csv", "adqs.csv", "adsl.csv", "adtte.csv", "dictionary.csv", "dictionary.json", "read-and-analyse.R",
        "read-and-analyse.sas",
    ];

    private TemporaryFolder _files = null!;

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task Simulate_Preset_WritesItsFilesAndSaysSo()
    {
        string folder = _files.At("trial");

        ToolRun run = (await ToolRun.Of("simulate", "valor", "--replicate", "3", "--seed", "9", "--out", folder)).Succeeded();

        Assert.That(
            run.Output, Is.EqualTo($"Replicate 3 of 'valor', seed 9: 108 simulated participants written to {folder}.\n"));
        Assert.That(_files.Entries, Is.EqualTo((string[])["trial", .. Files.Select(f => "trial/" + f)]));
    }

    [Test]
    public async Task Simulate_SameSeedAndReplicate_GivesTheSameBytes()
    {
        await ToolRun.Of("simulate", "valor-ole", "--replicate", "3", "--seed", "9", "--out", _files.At("one"));
        await ToolRun.Of("simulate", "valor-ole", "--replicate", "3", "--seed", "9", "--out", _files.At("two"));

        foreach (string file in Files)
        {
            Assert.That(File.ReadAllBytes(_files.At("two", file)), Is.EqualTo(File.ReadAllBytes(_files.At("one", file))), file);
        }
    }

    [TestCase("4", "9")]
    [TestCase("3", "10")]
    public async Task Simulate_OtherReplicateOrSeed_GivesAnotherTrial(string replicate, string seed)
    {
        await ToolRun.Of("simulate", "valor", "--replicate", "3", "--seed", "9", "--out", _files.At("one"));
        await ToolRun.Of("simulate", "valor", "--replicate", replicate, "--seed", seed, "--out", _files.At("two"));

        Assert.That(File.ReadAllBytes(_files.At("two", "adqs.csv")), Is.Not.EqualTo(File.ReadAllBytes(_files.At("one", "adqs.csv"))));
    }

    [Test]
    public async Task Simulate_NoReplicate_IsTheFirst()
    {
        ToolRun run = await ToolRun.Of("simulate", "valor", "--out", _files.At("trial"));

        Assert.That(run.Succeeded().Output, Does.StartWith("Replicate 0 of 'valor', seed 1:"));
    }

    [Test]
    public async Task Simulate_ExistingFolder_KeepsOtherFiles()
    {
        Directory.CreateDirectory(_files.At("trial"));
        _files.Write(Path.Combine("trial", "notes.txt"), "mine");

        (await ToolRun.Of("simulate", "valor", "--out", _files.At("trial"))).Succeeded();

        Assert.That(_files.Entries, Is.EquivalentTo((string[])["trial", .. Files.Select(f => "trial/" + f), "trial/notes.txt"]));
    }

    [Test]
    public async Task Simulate_FileInPlaceOfTheFolder_IsRefused()
    {
        string file = _files.Write("trial", "mine");

        Assert.That(await ToolRun.RefusalOf("simulate", "valor", "--out", file), Does.Contain("is a file, not a folder"));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("mine"));
    }

    [Test]
    public async Task Simulate_CriteriaThatNobodyMeets_IsRefusedAndLeavesNothing()
    {
        using var scenarios = new TemporaryFolder();
        string file = scenarios.Write("nobody.json", """
            {
              "version": 1, "base": "valor",
              "population": { "strata": { "slow": { "inclusion": [ { "trait": "age", "minimum": 500 } ] } } }
            }
            """);

        Assert.That(await ToolRun.RefusalOf("simulate", file, "--out", _files.At("trial")), Does.Contain("'slow'"));
        Assert.That(_files.Entries, Is.Empty);
    }
}
