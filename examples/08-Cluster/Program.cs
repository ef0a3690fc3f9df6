// One study on many machines: a plan, shards that are run in any order, one of them stopped half-way, and the same result to the bit.

using System.CommandLine;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Examples;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;

// Each of eight shards has ten blocks, so that there are 80 replicates at least.
Option<int> replicates = ExampleCommand.Replicates(8_000, fewest: 80);
Option<ulong> seed = ExampleCommand.Seed();
Option<string> folder = ExampleCommand.Folder("cluster-plan", "Empty or new folder for the plan.");
var root = new RootCommand("A study planned, run in shards, interrupted, resumed and put together.") { replicates, seed, folder };
root.SetAction(parsed => Run(parsed.GetValue(replicates), parsed.GetValue(seed), parsed.GetRequiredValue(folder)));
return ExampleCommand.Run(root, args);

static int Run(int replicates, ulong seed, string folder)
{
    const int shards = 8;
    var options = new RunOptions { Replicates = replicates, Seed = seed, BlockSize = replicates / (10 * shards), CollectCourses = false };
    StudyFolder study = StudyFolder.Create(folder, StudyPlan.Make(ValorOpenLabelExtension.ToWeek52.Scenario, options));
    Console.WriteLine(FormattableString.Invariant($"""
        VALOR and its extension to week 52: {replicates} simulated trials, seed {seed}, planned as {study.Plan.Blocks} blocks in {folder}
        Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.

        """));

    // Each of these could be another process on another machine that sees the folder: 'tofersen-sim run', or a task of a Slurm array.
    foreach (int shard in (int[])[5, 2, 8, 1, 7, 4, 6])
    {
        study.Run(new Shard(shard, shards));
    }

    // A node that is stopped in the middle of the last shard. What it had finished stays: with one thread, one block.
    using (var power = new CancellationTokenSource())
    {
        try
        {
            study.Run(new Shard(3, shards), parallelism: 1, new AfterFirst(power.Cancel), power.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("The node that ran shard 3 of 8 was stopped.");
        }
    }

    StudyStatus status = study.Status();
    Console.WriteLine(FormattableString.Invariant(
        $"{status.Finished} of {status.Blocks} blocks are finished; to be run again: shard {string.Join(", ", StudyReport.UnfinishedShards(status, shards))} of {shards}."));
    int now = study.Run(new Shard(3, shards));
    Console.WriteLine(FormattableString.Invariant($"Run again, it simulated the {now} blocks that were missing.\n"));

    PowerResult merged = study.Merge();
    PowerResult alone = PowerAnalysis.Run(study.Plan.Scenario, options: options);
    var table = new TextTable("analysis", "power, in shards", "power, in one run");
    foreach ((OperatingCharacteristics inShards, OperatingCharacteristics inOneRun) in merged.Analyses.Zip(alone.Analyses))
    {
        table.Row(inShards.Name, Power(inShards), Power(inOneRun));
    }

    Console.WriteLine(table);
    bool isSame = PowerReport.ToJson(merged) == PowerReport.ToJson(alone);
    Console.WriteLine($"Both results {(isSame ? "are the same to the byte" : "DIFFER")}: every replicate has its own random numbers, and sums are exact.");
    Console.WriteLine("\nOn a cluster: tofersen-sim plan … --shards 8 writes this folder with a script for Slurm; docs/clusters.md has the rest.");
    return isSame ? 0 : 1;
}

static string Power(OperatingCharacteristics a) => TextTable.WithError(a.Power, a.MonteCarloError, 4);

/// <summary>Does something when the first block is finished.</summary>
internal sealed class AfterFirst(Action action) : IProgress<RunProgress>
{
    public void Report(RunProgress value) => action();
}
