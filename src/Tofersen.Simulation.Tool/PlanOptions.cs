using System.CommandLine;

namespace Tofersen.Simulation.Tool;

/// <summary>The commands of a study that is run in blocks, with their arguments and options.</summary>
internal static class PlanOptions
{
    internal static IEnumerable<Command> Make(TextWriter output, TextWriter error) =>
        [MakePlan(output), MakeRun(output, error), MakeStatus(output), MakeMerge(output, error), MakeReplay(output)];

    private static Command MakePlan(TextWriter output)
    {
        Argument<string> scenario = CommonOptions.MakeScenario();
        var run = new RunChoice();
        var folder = new Option<string>("--out")
        {
            Description = "Folder for the plan and its blocks, empty or new; one that all machines see.",
            Required = true,
            HelpName = "DIR",
        };
        folder.NotBlank();
        var shards = new Option<int>("--shards")
        {
            Description = "Number of tasks of the job array that array.sbatch describes.",
            DefaultValueFactory = _ => 1,
        };
        shards.AtLeast(1, 1_000_000);
        var blockSize = new Option<int?>("--block-size")
        {
            Description = "Number of replicates a block: what a killed task may lose. Does not change the result. By default at most 1000, and ten blocks or more a shard.",
        };
        blockSize.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out int value) && value is < 1 or > 1_000_000)
            {
                result.AddError($"--block-size is {result.Tokens[0].Value}; it must lie in [1, 1000000].");
            }
        });
        Option<string?> analyses = ChosenAnalyses.Option(scenario);
        Option<string> collect = CommonOptions.MakeChoice(
            "--collect",
            "What to keep besides the tests: nothing (tests, as power --format json), courses of the ALSFRS-R (courses), or courses of every endpoint and adverse events (everything, as power --out).",
            ["courses", "tests", "everything"]);
        var command = new Command(
            "plan", "Plans a study that is run in blocks, here or as a Slurm job array: writes plan.json and array.sbatch.")
        {
            scenario, analyses, run.Replicates, run.Seed, folder, shards, blockSize, collect,
            RunChoice.NoPrecision("the blocks of a plan are fixed before the first trial is simulated; 'power' has --mcse"),
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => PlanCommand.Plan(
                new PlanRequest(
                    parsed.GetRequiredValue(scenario),
                    parsed.GetValue(analyses),
                    parsed.GetValue(run.Replicates),
                    parsed.GetValue(run.Seed),
                    parsed.GetRequiredValue(folder),
                    parsed.GetValue(shards),
                    parsed.GetValue(blockSize),
                    Enum.Parse<PlanCollection>(parsed.GetRequiredValue(collect), ignoreCase: true)),
                output,
                cancellation),
            CancellationToken.None));
        return command;
    }

    private static Command MakeRun(TextWriter output, TextWriter error)
    {
        Argument<string> folder = MakeFolder();
        var run = new RunChoice();
        var shard = new Option<string>("--shard")
        {
            Description = "Which share of the blocks, such as 3/8: every eighth block from the third on.",
            DefaultValueFactory = _ => "1/1",
            HelpName = "I/N",
        };
        var command = new Command(
            "run",
            "Runs a shard of a plan: simulates those of its blocks that are not finished yet. May be killed and run again at any time. "
            + "Exit code 4 when a block could not be written.")
        {
            folder, shard, run.Parallelism, run.NoProgress,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => PlanCommand.Run(
                parsed.GetRequiredValue(folder), parsed.GetRequiredValue(shard), run.Threads(parsed), run.Bar(parsed, error), output, cancellation),
            CancellationToken.None));
        return command;
    }

    private static Command MakeStatus(TextWriter output)
    {
        Argument<string> folder = MakeFolder();
        Option<string> format = CommonOptions.MakeFormat();
        var shards = new Option<int>("--shards")
        {
            Description = "Say which of so many shards are not finished.",
            DefaultValueFactory = _ => 1,
        };
        shards.AtLeast(1, 1_000_000);
        var command = new Command("status", "Tells which blocks of a plan are finished. Exit code 1 when some are not.")
        {
            folder, shards, format,
        };
        command.SetAction(parsed => PlanCommand.Status(
            parsed.GetRequiredValue(folder), parsed.GetValue(shards), parsed.GetValue(format) == "json", output));
        return command;
    }

    private static Command MakeMerge(TextWriter output, TextWriter error)
    {
        Argument<string> folder = MakeFolder();
        Option<string> format = CommonOptions.MakeFormat();
        Option<double> limit = CommonOptions.MakeFailureLimit();
        var results = new Option<string?>("--out")
        {
            Description = "Folder for power.csv, courses.csv, events.csv, scenario.json and result.study, which 'report' reads; and for figures as SVG.",
            HelpName = "DIR",
        };
        results.NotBlank();
        var command = new Command(
            "merge", "Puts the blocks of a plan together: the result of 'power' with the same seed and replicates, to the byte.")
        {
            folder, format, results, limit,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => PlanCommand.Merge(
                parsed.GetRequiredValue(folder),
                parsed.GetValue(format) == "json",
                parsed.GetValue(results),
                parsed.GetValue(limit),
                output,
                error,
                cancellation),
            CancellationToken.None));
        return command;
    }

    private static Command MakeReplay(TextWriter output)
    {
        Argument<string> folder = MakeFolder();
        var replicate = new Option<int>("--replicate") { Description = "Number of the replicate, from 0.", Required = true };
        replicate.AtLeast(0);
        var data = new Option<string>("--out") { Description = "Folder for the files.", Required = true, HelpName = "DIR" };
        data.NotBlank();
        var command = new Command("replay", "Simulates one replicate of a plan again and writes its data, as 'simulate' does.")
        {
            folder, replicate, data,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => PlanCommand.Replay(
                parsed.GetRequiredValue(folder), parsed.GetRequiredValue(replicate), parsed.GetRequiredValue(data), output, cancellation),
            CancellationToken.None));
        return command;
    }

    private static Argument<string> MakeFolder() => new("PLAN") { Description = "Folder that 'plan' wrote." };
}
