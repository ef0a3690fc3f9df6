using System.Diagnostics;
using System.Text.Json;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>The commands <c>plan</c>, <c>run</c>, <c>status</c>, <c>merge</c> and <c>replay</c>.</summary>
public sealed class PlanCommandTests
{
    private TemporaryFolder _files = null!;
    private string _quick = "";

    private string Plan => _files.At("plan");

    [SetUp]
    public void MakeFolder()
    {
        _files = new TemporaryFolder();
        _quick = _files.Write("quick.json", ToolRun.QuickScenario);
    }

    [TearDown]
    public void DeleteFolder() => _files.Dispose();

    [Test]
    public async Task Plan_NewFolder_HoldsPlanScriptAndFolders()
    {
        ToolRun run = (await Planned("--replicates", "50", "--shards", "3")).Succeeded();

        Assert.That(
            _files.Entries,
            Is.EqualTo((string[])["plan", "plan/array.sbatch", "plan/blocks", "plan/locks", "plan/logs", "plan/plan.json", "quick.json"]));
        Assert.That(run.Output, Does.StartWith("Planned 50 replicates of 'quick', seed 1, in 25 blocks; plan "));
        Assert.That(run.Output, Does.Contain($"sbatch {_files.At("plan", "array.sbatch")}"));
    }

    [Test]
    public async Task Merge_ShardsRunInAnyOrder_PrintsWhatPowerPrints(
        [Values("text", "json")] string format, [Values("tests", "courses", "everything")] string collect)
    {
        await Planned("--replicates", "60", "--seed", "9", "--shards", "3", "--collect", collect);
        foreach (string shard in (string[])["2/3", "3/3", "1/3"])
        {
            (await ToolRun.Of("run", Plan, "--shard", shard)).Succeeded();
        }

        ToolRun merged = (await ToolRun.Of("merge", Plan, "--format", format, "--out", _files.At("merged"))).Succeeded();

        // Without courses 'power' can only be asked for JSON; with --out it has all of them.
        string[] power = ["power", _quick, "--replicates", "60", "--seed", "9", "--format", format];
        ToolRun alone = (await ToolRun.Of(collect == "everything" ? [.. power, "--out", _files.At("alone")] : power)).Succeeded();
        if (format == "json" || collect != "tests")
        {
            Assert.That(merged.Output, Is.EqualTo(alone.Output));
        }

        if (collect == "everything")
        {
            foreach (string file in (string[])["power.csv", "courses.csv", "events.csv", "scenario.json", "result.study"])
            {
                Assert.That(File.ReadAllBytes(_files.At("merged", file)), Is.EqualTo(File.ReadAllBytes(_files.At("alone", file))), file);
            }
        }
    }

    [Test]
    public async Task Run_Again_SimulatesNothing()
    {
        await Planned("--replicates", "20", "--block-size", "5");

        Assert.That((await ToolRun.Of("run", Plan)).Succeeded().Output, Is.EqualTo("Shard 1/1: 4 blocks finished, 4 of them now.\n"));
        Assert.That((await ToolRun.Of("run", Plan)).Succeeded().Output, Is.EqualTo("Shard 1/1: 4 blocks finished, 0 of them now.\n"));
    }

    [Test]
    public async Task Status_PartDone_NamesBlocksAndShardsAndExitsWithOne()
    {
        await Planned("--replicates", "120", "--block-size", "10", "--shards", "4");
        await ToolRun.Of("run", Plan, "--shard", "2/4");
        File.WriteAllText(_files.At("plan", "blocks", "00000005.block"), "torn");

        ToolRun text = await ToolRun.Of("status", Plan, "--shards", "4");
        ToolRun json = await ToolRun.Of("status", Plan, "--shards", "4", "--format", "json");

        Assert.That((text.ExitCode, json.ExitCode, text.Error), Is.EqualTo((1, 1, "")));
        Assert.That(text.Output, Does.Contain("2 of 12 blocks are finished.\n").And.Contain("Missing: 0, 2-4, 6-8, 10-11\n"));
        Assert.That(text.Output, Does.Contain("Damaged: 5\n").And.Contain("sbatch --array=1-4 array.sbatch"));
        using JsonDocument document = JsonDocument.Parse(json.Output);
        Assert.That(document.RootElement.GetProperty("finished").GetInt32(), Is.EqualTo(2));
        Assert.That(document.RootElement.GetProperty("damaged")[0].GetInt32(), Is.EqualTo(5));
        Assert.That(document.RootElement.GetProperty("complete").GetBoolean(), Is.False);

        await ToolRun.Of("run", Plan);
        Assert.That((await ToolRun.Of("status", Plan)).Succeeded().Output, Does.Contain("12 of 12 blocks are finished.\n"));
    }

    [Test]
    public async Task Merge_Incomplete_IsRefused()
    {
        await Planned("--replicates", "20", "--block-size", "5");
        await ToolRun.Of("run", Plan, "--shard", "1/2");

        Assert.That(await ToolRun.RefusalOf("merge", Plan), Does.Contain("2 of 4 blocks"));
    }

    [Test]
    public async Task Merge_TooManyFailures_ExitsWithThree()
    {
        string failing = _files.Write("failing.json", ToolRun.FailingScenario);
        await ToolRun.Of("plan", failing, "--replicates", "5", "--out", Plan);
        await ToolRun.Of("run", Plan);

        Assert.That((await ToolRun.Of("merge", Plan)).ExitCode, Is.EqualTo(3));
        Assert.That((await ToolRun.Of("merge", Plan, "--failure-limit", "1")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Replay_Replicate_WritesWhatSimulateWrites()
    {
        await Planned("--replicates", "20", "--seed", "77");

        (await ToolRun.Of("replay", Plan, "--replicate", "13", "--out", _files.At("replayed"))).Succeeded();
        (await ToolRun.Of("simulate", _quick, "--replicate", "13", "--seed", "77", "--out", _files.At("simulated"))).Succeeded();

        foreach (string file in Directory.GetFiles(_files.At("simulated")))
        {
            Assert.That(File.ReadAllBytes(_files.At("replayed", Path.GetFileName(file))), Is.EqualTo(File.ReadAllBytes(file)));
        }

        Assert.That(
            await ToolRun.RefusalOf("replay", Plan, "--replicate", "20", "--out", _files.At("x")), Does.Contain("replicates 0 to 19"));
    }

    [TestCase("0/3")]
    [TestCase("4/3")]
    [TestCase("1")]
    [TestCase("1/0")]
    public async Task Run_ShardOutOfRange_IsRefused(string shard)
    {
        await Planned("--replicates", "20");

        Assert.That(await ToolRun.RefusalOf("run", Plan, "--shard", shard), Does.Contain($"--shard is '{shard}'").And.Contain("such as 1/8"));
    }

    [Test]
    public async Task Plan_FolderNotEmpty_IsRefused()
    {
        Directory.CreateDirectory(Plan);
        File.WriteAllText(_files.At("plan", "mine.txt"), "mine");

        Assert.That(await ToolRun.RefusalOf("plan", _quick, "--out", Plan), Does.Contain("not empty"));
    }

    [Test]
    public async Task Plan_MoreShardsThanBlocks_IsRefusedBeforeAnythingIsWritten()
    {
        string refusal = await ToolRun.RefusalOf("plan", _quick, "--replicates", "20", "--block-size", "10", "--shards", "3", "--out", Plan);

        Assert.That(refusal, Does.Contain("2 blocks, fewer than the 3 shards"));
        Assert.That(Directory.Exists(Plan), Is.False);
    }

    [TestCase("--shards", "0")]
    [TestCase("--block-size", "0")]
    [TestCase("--replicates", "0")]
    [TestCase("--collect", "nothing")]
    public async Task Plan_OptionOutOfRange_IsRefused(string option, string value) =>
        Assert.That(await ToolRun.RefusalOf("plan", _quick, "--out", Plan, option, value), Does.Contain(option).Or.Contain(value));

    [TestCase("run")]
    [TestCase("status")]
    [TestCase("merge")]
    public async Task Command_NoPlan_IsRefused(string command) =>
        Assert.That(await ToolRun.RefusalOf(command, _files.FullName), Does.Contain("There is no plan in"));

    [Test]
    public async Task Power_Precision_EndsWhenItIsReachedAndSaysHowMany()
    {
        ToolRun run = (await ToolRun.Of("power", _quick, "--mcse", "0.015", "--format", "json")).Succeeded();

        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.That(document.RootElement.GetProperty("replicates").GetInt32() % 1_000, Is.Zero);
        Assert.That(document.RootElement.GetProperty("analyses")[0].GetProperty("mcse").GetDouble(), Is.LessThanOrEqualTo(0.015));
    }

    [TestCase("5000", "ended when every Monte Carlo error of a power was at most 0.02.")]
    [TestCase("50", "ended at its largest number of trials, with a Monte Carlo error above 0.02.")]
    public async Task Power_PrecisionInText_SaysWhetherItWasReached(string replicates, string expected)
    {
        ToolRun run = await ToolRun.Of("power", _quick, "--mcse", "0.02", "--replicates", replicates);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain(expected));
        Assert.That(
            run.Error,
            replicates == "50" ? Is.EqualTo("tofersen-sim: 50 replicates were not enough for a Monte Carlo error of 0.02.\n") : Is.Empty);
    }

    [TestCase("0")]
    [TestCase("0.7")]
    [TestCase("NaN")]
    [TestCase("x")]
    public async Task Power_PrecisionOutOfRange_IsRefused(string precision) =>
        Assert.That(await ToolRun.RefusalOf("power", _quick, "--mcse", precision), Does.Contain("--mcse"));

    [Test]
    public async Task Plan_FolderWithBlanksQuotesAndPercents_ScriptNamesItAsTheShellsDo()
    {
        string odd = _files.At("it's 5 % \"new\"");
        ToolRun run = (await ToolRun.Of("plan", _quick, "--replicates", "20", "--out", odd)).Succeeded();

        Assert.That(run.Output, Does.Contain("run '" + odd.Replace("'", @"'\''", StringComparison.Ordinal) + "'"));
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // The shell itself says what the script calls the folder; TOFERSEN_SIM stands for a program that prints its arguments.
        var start = new ProcessStartInfo("bash", [Path.Combine(odd, "array.sbatch")]) { RedirectStandardOutput = true };
        start.Environment["TOFERSEN_SIM"] = "echo";
        start.Environment["SLURM_ARRAY_TASK_ID"] = "1";
        start.Environment["SLURM_CPUS_PER_TASK"] = "3";
        using Process bash = Process.Start(start)!;
        Assert.That(await bash.StandardOutput.ReadToEndAsync(), Is.EqualTo($"run {odd} --shard 1/1 --parallelism 3\n"));
    }

    private Task<ToolRun> Planned(params string[] options) => ToolRun.Of(["plan", _quick, "--out", Plan, .. options]);
}
