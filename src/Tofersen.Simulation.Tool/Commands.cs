using System.CommandLine;
using Tofersen.Simulation.Calibrations;
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
            ReportOptions.Make(output),
            SweepOptions.Make(output, error),
            CompareOptions.Make(output, error),
            AssuranceOptions.Make(output, error),
            SizeOptions.Make(output, error),
            FollowUpOptions.Make(output, error),
            MakeAnalyse(output, error),
            FitOptions.Make(CommonOptions.MakeFormat(), output, error),
            MakeCheck(output, error),
            MakeCalibrate(output, error),
        };
        foreach (Command command in PlanOptions.Make(output, error))
        {
            root.Add(command);
        }

        root.Add(CompletionCommand.Make(output));
        HelpWithExamples.AddTo(root);
        return root;
    }

    private static Command MakeScenario(TextWriter output)
    {
        Argument<string> name = CommonOptions.MakeScenario();
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
        Argument<string> scenario = CommonOptions.MakeScenario();
        var replicate = new Option<int>("--replicate")
        {
            Description = "Number of the replicate, from 0; the same trial that 'power' analyses under this number.",
        };
        var seed = CommonOptions.MakeSeed();
        var folder = new Option<string>("--out") { Description = "Folder for the files.", Required = true, HelpName = "DIR" };
        replicate.AtLeast(0);
        folder.NotBlank();

        var command = new Command("simulate", "Simulates one trial and writes its data: adsl.csv, adqs.csv (ALSFRS-R: total, and domains and items where the scenario has them), adlb.csv, adtte.csv, and where the scenario has them adfn.csv (other measures of function) and adae.csv (adverse events); dictionary.csv and dictionary.json, which describe every column; and read-and-analyse.R and .sas, which read the files and rerun the scenario's analyses.")
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
        Argument<string> scenario = CommonOptions.MakeScenario();
        Option<string?> analyses = ChosenAnalyses.Option(scenario);
        var run = new RunChoice(toPrecision: true);
        var format = CommonOptions.MakeFormat();
        var folder = new Option<string?>("--out")
        {
            Description = "Folder for power.csv, courses.csv, events.csv, sequential.csv where the scenario has looks, scenario.json and result.study, which 'report' reads; and for figures as SVG.",
            HelpName = "DIR",
        };
        folder.NotBlank();
        Option<double> limit = CommonOptions.MakeFailureLimit();

        var command = new Command("power", "Simulates many trials and tells how often each analysis finds an effect.")
        {
            scenario, analyses, run.Replicates, run.Precision, run.Seed, run.Parallelism, run.BlockSize, run.NoProgress, format, folder, limit,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => PowerCommand.Run(
                new PowerRequest(
                    parsed.GetRequiredValue(scenario),
                    parsed.GetValue(analyses),
                    run.Read(parsed),
                    parsed.GetValue(format) == "json",
                    parsed.GetValue(folder),
                    parsed.GetValue(limit)),
                run.Bar(parsed, error),
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
        var format = CommonOptions.MakeFormat();
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
            HelpName = "PRESET",
            Description = "Name of a preset, or a scenario file with a preset as its base.",
        };
        scenario.CompletionSources.Add(_ => Completions.PresetNames);
        var run = new RunChoice();
        var format = CommonOptions.MakeFormat();
        Option<string?> figure = CommonOptions.MakeFigure("published results beside simulated ones");
        var command = new Command(
            "check", "Puts simulated results beside the published ones. Exit code 1 when one lies outside its tolerance.")
        {
            scenario, run.Replicates, run.Seed, run.Parallelism, run.BlockSize, run.NoProgress, format, figure,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => CheckCommand.Run(
                parsed.GetRequiredValue(scenario),
                run.Read(parsed),
                parsed.GetValue(format) == "json",
                parsed.GetValue(figure),
                run.Bar(parsed, error),
                output,
                cancellation),
            CancellationToken.None));
        return command;
    }

    private static Command MakeCalibrate(TextWriter output, TextWriter error)
    {
        var preset = new Argument<string>("PRESET") { Description = "Name of a preset, where the fit begins.", HelpName = "PRESET" };
        preset.CompletionSources.Add(_ => Completions.PresetNames);
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
        var run = new RunChoice();
        Option<string> format = CommonOptions.MakeFormat();
        var command = new Command(
            "calibrate",
            "Moves parameters of a preset until simulated trials give the published results, on common random numbers. Exit code 1 when a target "
            + "stays outside its tolerance.")
        {
            preset, parameters, replicates, run.Seed, run.NoProgress, format,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => CalibrateCommand.Run(
                parsed.GetRequiredValue(preset),
                parsed.GetRequiredValue(parameters),
                new CalibrationOptions { Replicates = parsed.GetValue(replicates), Seed = parsed.GetValue(run.Seed) },
                parsed.GetValue(format) == "json",
                run.Bar(parsed, error),
                output,
                cancellation),
            CancellationToken.None));
        return command;
    }
}
