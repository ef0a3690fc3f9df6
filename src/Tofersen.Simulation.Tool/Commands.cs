using System.CommandLine;
using System.Globalization;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>The commands with their arguments and options.</summary>
internal static class Commands
{
    internal static RootCommand Make(TextWriter output, TextWriter error)
    {
        var root = new RootCommand(
            "Simulates SOD1-ALS trials patient by patient and tells how likely each analysis is to find an effect. "
            + "It explores designs on simulated data and is no evidence about a medicine.")
        {
            MakeScenario(output),
            MakeSimulate(output),
            MakePower(output, error),
            SizeOptions.Make(output, error),
            FollowUpOptions.Make(output, error),
            MakeAnalyse(output, error),
            FitOptions.Make(MakeFormat(), output, error),
            MakeCheck(output, error),
            MakeCalibrate(output),
        };
        return root;
    }

    private static Command MakeScenario(TextWriter output)
    {
        var name = new Argument<string>("SCENARIO") { Description = "Name of a preset, or a scenario file." };
        var file = new Argument<string>("FILE") { Description = "A scenario file." };
        var sources = new Option<bool>("--sources") { Description = "Show where each number of a preset comes from instead." };

        var list = new Command("list", "Lists the presets.");
        list.SetAction(_ => ScenarioCommands.List(output));
        var show = new Command("show", "Prints a scenario as JSON, complete, ready to be edited.") { name, sources };
        show.SetAction(parsed => ScenarioCommands.Show(parsed.GetRequiredValue(name), parsed.GetValue(sources), output));
        var validate = new Command("validate", "Checks a scenario file and says what is wrong with it.") { file };
        validate.SetAction(parsed => ScenarioCommands.Validate(parsed.GetRequiredValue(file), output));
        var schema = new Command("schema", "Prints the JSON Schema of scenario files.");
        schema.SetAction(_ => ScenarioCommands.Schema(output));
        return new Command("scenario", "Lists, shows and checks scenarios.") { list, show, validate, schema };
    }

    private static Command MakeSimulate(TextWriter output)
    {
        var scenario = new Argument<string>("SCENARIO") { Description = "Name of a preset, or a scenario file." };
        var replicate = new Option<int>("--replicate")
        {
            Description = "Number of the replicate, from 0; the same trial that 'power' analyses under this number.",
        };
        var seed = MakeSeed();
        var folder = new Option<string>("--out") { Description = "Folder for the files.", Required = true, HelpName = "DIR" };
        replicate.AtLeast(0);
        folder.NotBlank();

        var command = new Command("simulate", "Simulates one trial and writes its data: adsl.csv, adqs.csv, adlb.csv, adtte.csv, and where the scenario has them adfn.csv (other measures of function), adqsitem.csv (items of the ALSFRS-R) and adae.csv (adverse events). The README explains their columns.")
        {
            scenario, replicate, seed, folder,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => SimulateCommand.Run(
                parsed.GetRequiredValue(scenario),
                parsed.GetValue(replicate),
                parsed.GetValue(seed),
                parsed.GetRequiredValue(folder),
                output,
                cancellation),
            CancellationToken.None));
        return command;
    }

    private static Command MakePower(TextWriter output, TextWriter error)
    {
        var scenario = new Argument<string>("SCENARIO") { Description = "Name of a preset, or a scenario file." };
        var run = new RunChoice();
        var format = MakeFormat();
        var folder = new Option<string?>("--out")
        {
            Description = "Folder for power.csv, courses.csv, events.csv and scenario.json.",
            HelpName = "DIR",
        };
        folder.NotBlank();
        var limit = new Option<double>("--failure-limit")
        {
            Description = "Share of failed replicates of any analysis above which the exit code is 3.",
            DefaultValueFactory = _ => 0.1,
            HelpName = "SHARE",
        };
        limit.Validators.Add(result =>
        {
            string? text = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            if (text is not null && !(double.TryParse(text, CultureInfo.InvariantCulture, out double share) && share is >= 0 and <= 1))
            {
                result.AddError($"--failure-limit is '{text}'; it must lie in [0, 1].");
            }
        });

        var command = new Command("power", "Simulates many trials and tells how often each analysis finds an effect.")
        {
            scenario, run.Replicates, run.Seed, run.Parallelism, run.BlockSize, format, folder, limit,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => PowerCommand.Run(
                new PowerRequest(
                    parsed.GetRequiredValue(scenario),
                    run.Read(parsed),
                    parsed.GetValue(format) == "json",
                    parsed.GetValue(folder),
                    parsed.GetValue(limit)),
                output,
                error,
                cancellation),
            CancellationToken.None));
        return command;
    }

    private static Command MakeAnalyse(TextWriter output, TextWriter error)
    {
        var data = new Option<string>("--data")
        {
            Description = "CSV file with a header: one row a participant and visit, or one a participant. Separators are commas, "
                + "semicolons, tabs or bars; empty cells, NA, NaN and a lone point are missing; columns that are not all numbers are texts.",
            Required = true,
            HelpName = "FILE.csv",
        };
        var analysis = new Option<string>("--analysis")
        {
            Description = "The analysis as JSON: its method, the columns it uses and its choices.",
            Required = true,
            HelpName = "SPEC.json",
        };
        var format = MakeFormat();
        var schema = new Command("schema", "Prints the JSON Schema of SPEC.json: every method with its properties and their values.");
        schema.SetAction(_ =>
        {
            output.Write(AnalysisJson.Schema());
            return ExitCode.Done;
        });
        var command = new Command(
            "analyse",
            "Analyses data of your own with the methods "
            + "ancova, mmrm, randomSlope, jointRank, logRank, cox, restrictedMean, rpsft, delayedStart and ancovaWithImputation. "
            + """For example, SPEC.json may hold {"method":"ancova","response":"CHG","arm":"ARM","control":"Placebo","covariates":["BASE"]}. """
            + "Estimates are active - control. Exit code 0 when there is an answer, whose status says whether the fit converged; "
            + "2 when the data or the analysis cannot be used, with one line on standard error that says why.")
        {
            data, analysis, format, schema,
        };
        command.SetAction(parsed => AnalyseCommand.Run(
            parsed.GetRequiredValue(data), parsed.GetRequiredValue(analysis), parsed.GetValue(format) == "json", output, error));
        return command;
    }

    private static Command MakeCheck(TextWriter output, TextWriter error)
    {
        var scenario = new Argument<string>("PRESET")
        {
            Description = "Name of a preset, or a scenario file with a preset as its base.",
        };
        var run = new RunChoice();
        var format = MakeFormat();
        var command = new Command(
            "check", "Puts simulated results beside the published ones. Exit code 1 when one lies outside its tolerance.")
        {
            scenario, run.Replicates, run.Seed, run.Parallelism, run.BlockSize, format,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => CheckCommand.Run(
                parsed.GetRequiredValue(scenario), run.Read(parsed), parsed.GetValue(format) == "json", output, error, cancellation),
            CancellationToken.None));
        return command;
    }

    private static Command MakeCalibrate(TextWriter output)
    {
        var preset = new Argument<string>("PRESET") { Description = "Name of a preset, where the fit begins." };
        var parameters = new Option<string>("--parameters")
        {
            Description = "What may be moved, as JSON: {\"parameters\":[{\"name\":\"largest reduction\",\"paths\":[\"effect.maxReduction\"],"
                + "\"minimum\":0.4,\"maximum\":0.9}]}. With \"isFactor\" the value multiplies the numbers at the paths.",
            Required = true,
            HelpName = "FILE.json",
        };
        var replicates = new Option<int>("--replicates")
        {
            Description = "Number of simulated trials for each evaluation.",
            DefaultValueFactory = _ => new CalibrationOptions().Replicates,
        };
        replicates.AtLeast(10, 10_000_000);
        Option<ulong> seed = MakeSeed();
        Option<string> format = MakeFormat();
        var command = new Command(
            "calibrate",
            "Moves parameters of a preset until simulated trials give the published results, on common random numbers. Exit code 1 when a target "
            + "stays outside its tolerance.")
        {
            preset, parameters, replicates, seed, format,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => CalibrateCommand.Run(
                parsed.GetRequiredValue(preset),
                parsed.GetRequiredValue(parameters),
                new CalibrationOptions { Replicates = parsed.GetValue(replicates), Seed = parsed.GetValue(seed) },
                parsed.GetValue(format) == "json",
                output,
                cancellation),
            CancellationToken.None));
        return command;
    }

    internal static Option<ulong> MakeSeed() => new("--seed")
    {
        Description = "Seed; with the scenario and the version it fixes every number.",
        DefaultValueFactory = _ => 1,
    };

    internal static Option<string> MakeFormat()
    {
        var format = new Option<string>("--format")
        {
            Description = "text for people, json for one document on standard output.",
            DefaultValueFactory = _ => "text",
        };
        format.CompletionSources.Add("text", "json");
        format.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.Tokens[0].Value is not ("text" or "json"))
            {
                result.AddError($"--format is '{result.Tokens[0].Value}'; it must be text or json.");
            }
        });
        return format;
    }

    private static void NotBlank<T>(this Option<T> option) =>
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && string.IsNullOrWhiteSpace(result.Tokens[0].Value))
            {
                result.AddError($"{option.Name} is blank; it must name a folder.");
            }
        });

    internal static void AtLeast(this Option<int> option, int minimum, int maximum = int.MaxValue) =>
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out int value) && (value < minimum || value > maximum))
            {
                result.AddError(maximum == int.MaxValue
                    ? FormattableString.Invariant($"{option.Name} is {value}; it must be at least {minimum}.")
                    : FormattableString.Invariant($"{option.Name} is {value}; it must lie in [{minimum}, {maximum}]."));
            }
        });

    /// <summary>The options that every Monte Carlo command has.</summary>
    internal sealed class RunChoice
    {
        private static readonly RunOptions Defaults = new();

        internal RunChoice()
        {
            Replicates.AtLeast(1, 100_000_000);
            Parallelism.AtLeast(0, 1_024);
            BlockSize.AtLeast(1, 1_000_000);
        }

        internal Option<int> Replicates { get; } = new("--replicates")
        {
            Description = "Number of simulated trials.",
            DefaultValueFactory = _ => Defaults.Replicates,
        };

        internal Option<ulong> Seed { get; } = MakeSeed();

        internal Option<int> Parallelism { get; } = new("--parallelism")
        {
            Description = "Number of threads; 0 for as many as processors. Does not change the result.",
        };

        internal Option<int> BlockSize { get; } = new("--block-size")
        {
            Description = "Number of replicates a thread takes at a time. Does not change the result.",
            DefaultValueFactory = _ => Defaults.BlockSize,
        };

        internal RunOptions Read(ParseResult parsed)
        {
            int threads = parsed.GetValue(Parallelism);
            return new RunOptions
            {
                Replicates = parsed.GetValue(Replicates),
                Seed = parsed.GetValue(Seed),
                Parallelism = threads == 0 ? null : threads,
                BlockSize = parsed.GetValue(BlockSize),
            };
        }
    }
}
