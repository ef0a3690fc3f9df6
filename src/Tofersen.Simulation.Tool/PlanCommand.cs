using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>What a plan keeps besides the tests.</summary>
internal enum PlanCollection
{
    Tests,
    Courses,
    Everything,
}

/// <summary>What <c>plan</c> was asked for.</summary>
internal sealed record PlanRequest(
    string Scenario, string? Analyses, int Replicates, ulong Seed, string Folder, int Shards, int? BlockSize, PlanCollection Collection);

/// <summary>The commands <c>plan</c>, <c>run</c>, <c>status</c>, <c>merge</c> and <c>replay</c>.</summary>
internal static class PlanCommand
{
    private const int LargestBlock = 1_000;
    private const int BlocksPerShard = 10;

    /// <summary>So many files in a folder that no file system minds.</summary>
    private const int MostBlocks = 10_000;

    internal static int Plan(PlanRequest request, TextWriter output, CancellationToken cancellation)
    {
        Scenario scenario = ChosenAnalyses.Of(ScenarioFiles.FindWithAnalyses(request.Scenario), request.Analyses);
        var options = new RunOptions
        {
            Replicates = request.Replicates,
            Seed = request.Seed,
            BlockSize = request.BlockSize ?? DefaultBlockSize(request.Replicates, request.Shards),
            CollectCourses = request.Collection != PlanCollection.Tests,
            CollectEndpoints = request.Collection == PlanCollection.Everything,
        };
        StudyPlan plan = StudyPlan.Make(scenario, options, cancellation);
        if (plan.Blocks < request.Shards)
        {
            throw new BadInputException(FormattableString.Invariant(
                $"{request.Replicates} replicates in blocks of {options.BlockSize} are {plan.Blocks} blocks, fewer than the {request.Shards} shards; take smaller blocks or fewer shards."));
        }

        StudyFolder.Create(request.Folder, plan);
        string script = ArrayScript.Write(request.Folder, scenario.Name, request.Shards);
        string folder = ArrayScript.ForShell(request.Folder);
        output.Write(FormattableString.Invariant(
            $"""
            Planned {request.Replicates} replicates of '{scenario.Name}', seed {request.Seed}, in {plan.Blocks} blocks; plan {plan.Hash[..12]}.
            Run it here:       tofersen-sim run {folder}
            or on Slurm:       sbatch {ArrayScript.ForShell(script)}
            see how far it is: tofersen-sim status {folder}
            and put together:  tofersen-sim merge {folder}

            """));
        return ExitCode.Done;
    }

    internal static int Run(
        string folder, string shardText, int? threads, ProgressBar bar, TextWriter output, CancellationToken cancellation)
    {
        Shard shard = ReadShard(shardText);
        StudyFolder study = StudyFolder.Open(folder);
        int simulated = bar.Show(progress => study.Run(shard, threads, progress, cancellation));
        output.WriteLine(FormattableString.Invariant(
            $"Shard {shard}: {shard.BlocksOf(study.Plan.Blocks).Count()} blocks finished, {simulated} of them now."));
        return ExitCode.Done;
    }

    internal static int Status(string folder, int shards, bool json, TextWriter output)
    {
        StudyFolder study = StudyFolder.Open(folder);
        StudyStatus status = study.Status();
        output.Write(json ? StudyReport.ToJson(study.Plan, status, shards) : StudyText.Describe(study.Plan, status, shards));
        return status.IsComplete ? ExitCode.Done : ExitCode.Incomplete;
    }

    internal static int Merge(string folder, bool json, string? results, double failureLimit, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        StudyFolder study = StudyFolder.Open(folder);
        PowerResult result = study.Merge();
        if (results is not null)
        {
            OutputFolder.Write(results, path => PowerCommand.Write(result, path, parallelism: null, cancellation));
        }

        return PowerCommand.Show(result, json, failureLimit, output, error);
    }

    internal static int Replay(string folder, int replicate, string data, TextWriter output, CancellationToken cancellation)
    {
        StudyPlan plan = StudyFolder.Open(folder).Plan;
        return replicate < plan.Options.Replicates
            ? SimulateCommand.Run(plan.Scenario, replicate, plan.Options.Seed, data, output, cancellation)
            : throw new BadInputException(FormattableString.Invariant(
                $"--replicate is {replicate}; the plan has replicates 0 to {plan.Options.Replicates - 1}."));
    }

    private static Shard ReadShard(string text)
    {
        try
        {
            return Shard.Parse(text);
        }
        catch (ArgumentException)
        {
            throw new BadInputException($"--shard is '{text}'; write i/n with n from 1 to 1000000 and i from 1 to n, such as 1/8.");
        }
    }

    private static int DefaultBlockSize(int replicates, int shards)
    {
        int forShards = (int)Math.Min(LargestBlock, ((replicates - 1) / ((long)BlocksPerShard * shards)) + 1);
        return Math.Max(forShards, ((replicates - 1) / MostBlocks) + 1);
    }
}
