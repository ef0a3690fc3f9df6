using System.Diagnostics;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Tests.Randomness;

namespace Tofersen.Simulation.Tests.Tool;

/// <summary>Runners that are killed, a disk that is full, and a cluster: the result has the bytes of an undisturbed run all the same.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class KilledRunTests : IDisposable
{
    private readonly TemporaryFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Test]
    [Platform(Exclude = "Win", Reason = "SIGKILL")]
    public async Task Run_KilledAtThirtyRandomMoments_ResumedAndMergedGivesTheSameBytes()
    {
        const int kills = 30;
        string quick = _files.Write("quick.json", ToolRun.QuickScenario);
        string expected = (await ToolRun.Of("power", quick, "--replicates", "6000", "--seed", "3", "--format", "json")).Output;
        TrialRandom random = TrialRandom.Open(FalseAlarm.Seed(701), 0, 0, DrawPurpose.Trajectory);
        double length = await UndisturbedSecondsAsync(quick);
        int killedInTheMiddle = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            string plan = await PlanAsync(quick, FormattableString.Invariant($"plan-{kill}"));
            using (var runner = new ToolProcess("run", plan, "--parallelism", "2"))
            {
                // From before the first block to after the last.
                await Task.Delay(TimeSpan.FromSeconds(1.1 * length * random.NextUniform()));
                killedInTheMiddle += runner.HasExited ? 0 : 1;
            }

            ToolRun resumed = await ToolRun.Of("run", plan, "--shard", "1/1");
            Assert.That(resumed.ExitCode, Is.Zero, resumed.Error);
            Assert.That((await ToolRun.Of("merge", plan, "--format", "json")).Output, Is.EqualTo(expected), $"Kill {kill}");
        }

        // Three in a million would have fewer by chance, even if only two thirds of the moments fell within the run.
        Assert.That(killedInTheMiddle, Is.GreaterThanOrEqualTo(8));
    }

    [Test]
    [Platform(Include = "Linux", Reason = "A small file system of its own is needed.")]
    public async Task Run_FullDisk_LosesABlockAndNothingElseAndExitsWithFour()
    {
        string disk = _files.At("disk");
        Directory.CreateDirectory(disk);
        if (await MountAsync("-t", "tmpfs", "-o", "size=400k", "tmpfs", disk) != 0)
        {
            Requirements.Missing("a small file system could not be mounted: that needs the rights of root");
        }

        try
        {
            string quick = _files.Write("quick.json", ToolRun.QuickScenario);
            string plan = Path.Combine(disk, "plan");
            (await ToolRun.Of("plan", quick, "--replicates", "100", "--block-size", "10", "--seed", "3", "--out", plan)).Succeeded();
            string filler = Path.Combine(disk, "filler");
            await FillAsync(filler);

            ToolRun run = await ToolRun.Of("run", plan, "--parallelism", "2");

            Assert.That(run.ExitCode, Is.EqualTo(4), run.Error);
            Assert.That(run.Error, Does.Match(@"\Atofersen-sim: Block \d+ could not be written: .+ run it again to do the rest\.\n\z"));
            Assert.That(Directory.GetFiles(Path.Combine(plan, "blocks"), ".*"), Is.Empty);
            Assert.That((await ToolRun.Of("status", plan)).Output, Does.Not.Contain("Damaged"));

            File.Delete(filler);
            (await ToolRun.Of("run", plan)).Succeeded();
            Assert.That(
                (await ToolRun.Of("merge", plan, "--format", "json")).Output,
                Is.EqualTo((await ToolRun.Of("power", quick, "--replicates", "100", "--seed", "3", "--format", "json")).Output));
        }
        finally
        {
            using Process unmount = Process.Start("umount", [disk]);
            await unmount.WaitForExitAsync();
        }
    }

    [Test]
    [Platform(Include = "Linux", Reason = "Slurm")]
    public async Task Array_NodeStoppedInTheMiddle_IsRequeuedAndGivesTheSameBytes()
    {
        if (!Requirements.HasPrograms("slurmctld", "slurmd", "sbatch", "munged") || Environment.UserName != "root")
        {
            Requirements.Missing("Slurm: install slurm-wlm and munge, and run the tests as root");
        }

        string program = _files.Write(
            "tofersen-sim",
            $"""
            #!/bin/bash
            exec '{Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet"}' '{Path.Combine(TestContext.CurrentContext.TestDirectory, "tofersen-sim.dll")}' "$@"

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Directory.CreateDirectory(_files.At("work"));
        string script = Path.Combine(Conventions.SourceTree.Root, "tests", "slurm", "array.sh");
        var start = new ProcessStartInfo("bash", [script, program, _files.At("work")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process array = Process.Start(start)!;
        Task<string> error = array.StandardError.ReadToEndAsync();
        string output = await array.StandardOutput.ReadToEndAsync();
        await array.WaitForExitAsync();

        await TestContext.Out.WriteLineAsync(output);
        Assert.That(array.ExitCode, Is.Zero, await error);
        Assert.That(output, Does.Contain("The same bytes"));
    }

    private async Task<string> PlanAsync(string scenario, string name)
    {
        string plan = _files.At(name);
        (await ToolRun.Of("plan", scenario, "--replicates", "6000", "--block-size", "25", "--seed", "3", "--out", plan)).Succeeded();
        return plan;
    }

    private async Task<double> UndisturbedSecondsAsync(string scenario)
    {
        string plan = await PlanAsync(scenario, "undisturbed");
        long start = Stopwatch.GetTimestamp();
        using var runner = new ToolProcess("run", plan, "--parallelism", "2");
        (await runner.WaitAsync(TimeSpan.FromMinutes(2))).Succeeded();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task<int> MountAsync(params string[] args)
    {
        var start = new ProcessStartInfo("mount", args) { RedirectStandardError = true };
        using Process mount = Process.Start(start)!;
        await mount.WaitForExitAsync();
        return mount.ExitCode;
    }

    // Leaves about one page.
    private static async Task FillAsync(string path)
    {
        await using FileStream filler = File.Create(path, 1);
        byte[] page = new byte[1024];
        try
        {
            while (true)
            {
                await filler.WriteAsync(page);
                await filler.FlushAsync();
            }
        }
        catch (IOException)
        {
            // Full: now the last pages are given back.
            filler.SetLength(Math.Max(0, filler.Length - 8192));
        }
    }
}
