using System.CommandLine;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>sweep</c> with its options.</summary>
internal static class SweepOptions
{
    internal static Command Make(TextWriter output, TextWriter error)
    {
        Argument<string> scenario = CommonOptions.MakeScenario();
        var vary = new Option<string[]>("--vary")
        {
            Description = "A property by its path in the scenario's JSON, and its values: effect.maxReduction=0.2:0.6:0.1 (from:to:step), "
                + "design.participants=60,108,200, or JSON such as path=[\"a\",\"b\"]. With path+path=values properties move together. "
                + "Give it once for each property.",
            Required = true,
            HelpName = "PATH=VALUES",
        };
        var oneAtATime = new Option<bool>("--one-at-a-time")
        {
            Description = "Change one property at a time with the others as they are, and show which moves power most (a tornado); "
                + "without it every combination is run.",
        };
        var reference = new Option<string[]>("--reference")
        {
            Description = "Value of a property in the cell that the others are compared with; once for each --vary. "
                + "The scenario as it is by default, or the first cell where that is none of the combinations.",
            HelpName = "PATH=VALUE",
        };
        vary.OfferPaths(scenario, '=');
        reference.OfferPaths(scenario, '=');
        Option<string?> analyses = ChosenAnalyses.Option(scenario);
        var run = new RunChoice(toPrecision: true);
        Option<string> format = CommonOptions.MakeFormat();
        var folder = new Option<string?>("--out")
        {
            Description = "Folder for sweep.csv, scenario.json and, with --one-at-a-time, tornado.csv; and for figures as SVG.",
            HelpName = "DIR",
        };
        folder.NotBlank();
        var command = new Command(
            "sweep",
            "Runs a scenario with other values of some of its properties, every combination on the same simulated participants, so that "
            + "differences of power are known better than the powers. 'scenario show' prints a scenario with its properties.")
        {
            scenario, vary, oneAtATime, reference, analyses, run.Replicates, run.Precision, run.Seed, run.Parallelism, run.BlockSize, run.NoProgress, format, folder,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => SweepCommand.Run(
                new SweepRequest(
                    parsed.GetRequiredValue(scenario),
                    parsed.GetValue(vary) ?? [],
                    parsed.GetValue(oneAtATime),
                    parsed.GetValue(reference) ?? [],
                    parsed.GetValue(analyses),
                    run.Read(parsed),
                    parsed.GetValue(format) == "json",
                    parsed.GetValue(folder)),
                run.Bar(parsed, error),
                output,
                error,
                cancellation),
            CancellationToken.None));
        return command;
    }
}
