using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Randomness;
using Tofersen.Simulation.Tests.Scenarios;
using Tofersen.Simulation.Tests.Tool;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Studies in blocks on disk: the same bytes as one run, whatever happens to them.</summary>
public sealed class StudyFolderTests
{
    private const int Replicates = 137;

    private TemporaryFolder _files = null!;

    private static Scenario Scenario => TestScenarios.Rich with
    {
        Analyses = [new Ancova { Week = 28 }, new JointRank { Week = 52 }, new LogRank { StratifyBy = ["stratum"] }],
    };

    // True values take longer than these few replicates; one test has them.
    private static RunOptions Options => new() { Replicates = Replicates, Seed = 501, BlockSize = 10, TrueValues = false };

    private string Folder => _files.At("plan");

    [SetUp]
    public void MakeFolder() => _files = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public void Merge_AnyBlocksThreadsAndOrderOfShards_GivesTheBytesOfOneRun(
        [Values(1, 7, 1000)] int blockSize, [Values(1, 2, 5)] int threads)
    {
        StudyFolder study = Create(Options with { BlockSize = blockSize });
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(502), blockSize, threads, DrawPurpose.Trajectory);
        int[] shards = [.. Enumerable.Range(1, 5)];
        random.Shuffle<int>(shards);
        foreach (int shard in shards)
        {
            study.Run(new Shard(shard, 5), threads);
        }

        AssertSameAsOneRun(StudyFolder.Open(Folder).Merge(), Options);
    }

    [Test]
    public void Merge_EverythingCollected_GivesTheBytesOfOneRun()
    {
        Scenario scenario = Presets.Find("valor")!.Scenario;
        RunOptions options = new() { Replicates = 30, Seed = 503, BlockSize = 8, CollectEndpoints = true };
        StudyFolder study = StudyFolder.Create(Folder, StudyPlan.Make(scenario, options));
        study.Run(Shard.Whole);

        Assert.That(Bytes(study.Merge()), Is.EqualTo(Bytes(PowerAnalysis.Run(scenario, options: options))));
    }

    [Test]
    public void Merge_BlocksMissing_RefusesAndStatusNamesThem()
    {
        StudyFolder study = Create(Options);
        study.Run(new Shard(2, 3));

        StudyStatus status = study.Status();

        Assert.That(status.Blocks, Is.EqualTo(14));
        Assert.That(status.Missing, Is.EqualTo((int[])[0, 2, 3, 5, 6, 8, 9, 11, 12]));
        Assert.That(status.IsComplete, Is.False);
        Assert.That(() => study.Merge(), Throws.TypeOf<StudyPlanException>().With.Message.Contains("9 of 14 blocks"));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(40)]
    [TestCase(100)]
    [TestCase(-1)]
    public void Run_TornBlock_IsFoundAndDoneAgain(int length)
    {
        StudyFolder study = Create(Options);
        study.Run(Shard.Whole);
        string block = BlockPath(4);
        byte[] bytes = File.ReadAllBytes(block);
        File.WriteAllBytes(block, length < 0 ? bytes[..^1] : bytes[..length]);

        Assert.That(study.Status().Damaged, Is.EqualTo((int[])[4]));
        Assert.That(() => study.Merge(), Throws.TypeOf<StudyPlanException>());
        Assert.That(study.Run(Shard.Whole), Is.EqualTo(1));
        Assert.That(File.ReadAllBytes(block), Is.EqualTo(bytes));
        AssertSameAsOneRun(study.Merge(), Options);
    }

    [Test]
    public void Status_AnyBitOfABlockFlipped_IsDamagedAndNeverTakenForAnother()
    {
        StudyFolder study = Create(Options with { Replicates = 10 });
        study.Run(Shard.Whole);
        byte[] bytes = File.ReadAllBytes(BlockPath(0));
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(504), 0, 0, DrawPurpose.Trajectory);
        for (int trial = 0; trial < 200; trial++)
        {
            byte[] flipped = [.. bytes];
            flipped[random.NextBelow(bytes.Length)] ^= (byte)(1 << random.NextBelow(8));
            File.WriteAllBytes(BlockPath(0), flipped);

            Assert.That(study.Status().Damaged, Has.Count.EqualTo(1), $"Trial {trial}");
        }
    }

    [Test]
    public void Run_FinishedBlocks_AreLeftAlone()
    {
        StudyFolder study = Create(Options);
        study.Run(new Shard(1, 2));
        DateTime written = File.GetLastWriteTimeUtc(BlockPath(2));

        Assert.That(study.Run(Shard.Whole), Is.EqualTo(7));
        Assert.That(study.Run(Shard.Whole), Is.Zero);
        Assert.That(File.GetLastWriteTimeUtc(BlockPath(2)), Is.EqualTo(written));
    }

    [Test]
    public void Merge_BlockOfAnotherPlan_IsRefusedByItsHash()
    {
        StudyFolder study = Create(Options);
        study.Run(Shard.Whole);
        string other = _files.At("other");
        StudyFolder.Create(other, StudyPlan.Make(Scenario, Options with { Seed = 505 })).Run(Shard.Whole);
        File.Copy(Path.Combine(other, "blocks", "00000003.block"), BlockPath(3), overwrite: true);

        Assert.That(() => study.Merge(), Throws.TypeOf<StudyPlanException>().With.Message.Contains("another plan"));
        Assert.That(() => study.Status(), Throws.TypeOf<StudyPlanException>());
        Assert.That(() => study.Run(Shard.Whole), Throws.TypeOf<StudyPlanException>());
    }

    [Test]
    public void Merge_BlockUnderAnotherNumber_IsRefused()
    {
        StudyFolder study = Create(Options);
        study.Run(Shard.Whole);
        File.Copy(BlockPath(3), BlockPath(4), overwrite: true);

        Assert.That(() => study.Merge(), Throws.TypeOf<StudyPlanException>().With.Message.Contains("holds block 3"));
    }

    [TestCase("\"replicates\": 137", "\"replicates\": 138", "was changed")]
    [TestCase("\"name\": \"rich\"", "\"name\": \"poor\"", "was changed")]
    [TestCase("\"format\": 1", "\"format\": 2", "made by version")]
    [TestCase("\"seed\": 501,", "", "$.seed")]
    [TestCase("\"seed\": 501", "\"seed\": -1", "$.seed")]
    [TestCase("{", "", "no plan that can be read")]
    public void Open_PlanThatWasChanged_IsRefused(string old, string changed, string message)
    {
        Create(Options);
        string path = Path.Combine(Folder, "plan.json");
        string text = File.ReadAllText(path);
        Assert.That(text, Does.Contain(old));
        int at = text.IndexOf(old, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + changed + text[(at + old.Length)..]);

        Assert.That(() => StudyFolder.Open(Folder), Throws.TypeOf<StudyPlanException>().With.Message.Contains(message));
    }

    [Test]
    public void Open_PlanOfAnotherVersion_IsRefusedAndSaysWhich()
    {
        Create(Options);
        string path = Path.Combine(Folder, "plan.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace($"\"{StudyPlan.Version}\"", "\"0.0.1\"", StringComparison.Ordinal));

        Assert.That(
            () => StudyFolder.Open(Folder),
            Throws.TypeOf<StudyPlanException>().With.Message.Contains("made by version 0.0.1").And.Message.Contains(StudyPlan.Version));
    }

    [Test]
    public void Create_FolderNotEmpty_IsRefusedAndLeftAsItWas()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "mine.txt"), "mine");

        Assert.That(() => Create(Options), Throws.TypeOf<StudyPlanException>().With.Message.Contains("not empty"));
        Assert.That(_files.Entries, Is.EqualTo((string[])["plan", "plan/mine.txt"]));
    }

    [Test]
    public void Create_PlanThere_IsRefused()
    {
        Create(Options);

        Assert.That(() => Create(Options), Throws.TypeOf<StudyPlanException>().With.Message.Contains("holds a plan already"));
    }

    [Test]
    public void Open_NoPlan_IsRefused() =>
        Assert.That(() => StudyFolder.Open(_files.FullName), Throws.TypeOf<StudyPlanException>().With.Message.Contains("no plan"));

    [Test]
    public void Make_Precision_IsRefused() =>
        Assert.That(() => StudyPlan.Make(Scenario, Options with { Precision = 0.01 }), Throws.ArgumentException);

    [Test]
    public void Run_TwoRunnersOnOneShard_TheSecondIsRefusedAndOtherShardsAreNot()
    {
        StudyFolder study = Create(Options);
        var second = new List<StudyPlanException?>();
        var progress = new Callback(() =>
        {
            if (second.Count == 0)
            {
                second.Add(Catch(() => StudyFolder.Open(Folder).Run(new Shard(1, 2))));
                second.Add(Catch(() => StudyFolder.Open(Folder).Run(new Shard(2, 2))));
            }
        });

        study.Run(new Shard(1, 2), parallelism: 1, progress);

        Assert.That(second[0], Is.TypeOf<StudyPlanException>().With.Message.Contains("Another runner"));
        Assert.That(second[1], Is.Null);
        AssertSameAsOneRun(study.Merge(), Options);
    }

    [Test]
    public void Run_BlockCannotBeWritten_IsTheOnlyOneLost()
    {
        StudyFolder study = Create(Options);

        // Where block 5 would be written there is a folder.
        string obstacle = Path.Combine(Folder, "blocks", ".1-of-1-00000005.block");
        Directory.CreateDirectory(obstacle);

        Assert.That(
            () => study.Run(Shard.Whole, parallelism: 1),
            Throws.TypeOf<BlockLostException>().With.Property("Block").EqualTo(5).And.Message.Contains("5 of the shard's 14 blocks"));
        Assert.That(study.Status().Missing, Is.EqualTo(Enumerable.Range(5, 9)));

        Directory.Delete(obstacle);
        Assert.That(study.Run(Shard.Whole), Is.EqualTo(9));
        AssertSameAsOneRun(study.Merge(), Options);
    }

    [Test]
    public void Run_Cancelled_KeepsFinishedBlocks()
    {
        StudyFolder study = Create(Options);
        using var cancellation = new CancellationTokenSource();
        int reports = 0;
        var progress = new Callback(() =>
        {
            if (++reports == 1)
            {
                cancellation.Cancel();
            }
        });

        Assert.That(
            () => study.Run(Shard.Whole, parallelism: 1, progress, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(study.Status().Finished, Is.EqualTo(1));
        study.Run(Shard.Whole);
        AssertSameAsOneRun(study.Merge(), Options);
    }

    [Test]
    public void Run_HalfWrittenFilesOfAKilledRunner_AreClearedAway()
    {
        StudyFolder study = Create(Options);
        string leftover = Path.Combine(Folder, "blocks", ".1-of-1-00000002.block");
        string others = Path.Combine(Folder, "blocks", ".2-of-3-00000001.block");
        File.WriteAllText(leftover, "half");
        File.WriteAllText(others, "half");

        study.Run(Shard.Whole);

        Assert.That(File.Exists(leftover), Is.False);
        Assert.That(File.Exists(others), Is.True, "another shard's runner may be writing it");
    }

    [Test]
    public void Run_Progress_CountsReplicatesOfTheShard()
    {
        StudyFolder study = Create(Options);
        var reports = new List<RunProgress>();
        study.Run(new Shard(1, 2), parallelism: 1, new Collector(reports));

        Assert.That((reports[^1].Completed, reports[^1].Planned), Is.EqualTo((70, 70)));
        reports.Clear();
        File.Delete(BlockPath(0));
        study.Run(new Shard(1, 2), parallelism: 1, new Collector(reports));
        Assert.That(reports.Select(r => (r.Completed, r.Planned)), Is.EqualTo(((long, long)[])[(70, 70)]));
        Assert.That(reports[0].Analyses[0].Replicates, Is.EqualTo(10), "powers are those of the blocks that were run now");
    }

    private static string Bytes(PowerResult result)
    {
        using var folder = new TemporaryFolder();
        PowerReport.Write(result, folder.FullName);
        return PowerReport.ToJson(result)
            + string.Concat(Directory.GetFiles(folder.FullName).Order(StringComparer.Ordinal).Select(File.ReadAllText))
            + string.Concat(
                from first in result.Analyses
                from second in result.Analyses
                select result.Compare(first.Name, second.Name).ToString());
    }

    private static void AssertSameAsOneRun(PowerResult merged, RunOptions options) =>
        Assert.That(Bytes(merged), Is.EqualTo(Bytes(PowerAnalysis.Run(Scenario, options: options))));

    private static StudyPlanException? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (StudyPlanException exception)
        {
            return exception;
        }
    }

    private string BlockPath(int block) => Path.Combine(Folder, "blocks", FormattableString.Invariant($"{block:D8}.block"));

    private StudyFolder Create(RunOptions options) => StudyFolder.Create(Folder, StudyPlan.Make(Scenario, options));

    private sealed class Callback(Action action) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => action();
    }

    private sealed class Collector(List<RunProgress> reports) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => reports.Add(value);
    }
}
