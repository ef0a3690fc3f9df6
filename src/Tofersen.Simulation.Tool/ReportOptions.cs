using System.CommandLine;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>report</c> with its arguments and options.</summary>
internal static class ReportOptions
{
    internal static Command Make(TextWriter output)
    {
        var result = new Argument<string>("RESULT")
        {
            Description = "Folder that 'power --out' or 'merge --out' wrote, its file result.study, or the folder of a finished study.",
        };
        result.CompletionSources.Add(context => Completions.Folders(context.WordToComplete));
        var file = new Option<string>("--out") { Description = "The page, a file such as report.html.", Required = true, HelpName = "FILE" };
        file.Validators.Add(parsed =>
        {
            if (parsed.Tokens.Count > 0 && string.IsNullOrWhiteSpace(parsed.Tokens[0].Value))
            {
                parsed.AddError("--out is blank; it must name a file.");
            }
        });
        var preset = new Option<string?>("--preset")
        {
            Description = "Preset whose sources are given for the scenario's numbers; the one that shares most of them unless given.",
            HelpName = "PRESET",
        };
        var command = new Command(
            "report",
            "Writes a result as one page of HTML that needs nothing else: summary, figures, design, assumptions with their sources, power, failures, events, and how to get the "
            + "same numbers again.")
        {
            result, file, preset,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => ReportCommand.Run(
                parsed.GetRequiredValue(result), parsed.GetRequiredValue(file), parsed.GetValue(preset), output, cancellation),
            CancellationToken.None));
        return command;
    }
}
