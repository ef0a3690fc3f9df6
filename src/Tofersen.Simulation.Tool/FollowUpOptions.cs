using System.CommandLine;
using System.Globalization;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>follow-up</c> with its options.</summary>
internal static class FollowUpOptions
{
    internal static Command Make(TextWriter output, TextWriter error)
    {
        Argument<string> scenario = CommonOptions.MakeScenario();
        Option<string?> analysis = SizeOptions.MakeAnalysis(scenario);
        var from = new Option<double?>("--from-week")
        {
            Description = "First end of follow-up to try; the switch of a delayed-start trial and the first visit after baseline of others without it.",
            HelpName = "WEEK",
        };
        from.Validators.Add(result =>
        {
            string? text = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            if (text is not null && !(double.TryParse(text, CultureInfo.InvariantCulture, out double week) && week is >= 0 and <= 2_000))
            {
                result.AddError($"--from-week is '{text}'; it must lie in [0, 2000].");
            }
        });
        var run = new RunChoice();
        Option<string> format = CommonOptions.MakeFormat();
        Option<string?> figure = CommonOptions.MakeFigure("power by the end of follow-up");
        var command = new Command(
            "follow-up",
            "Ends the trial at one visit after another and tells the power of an analysis at each, on the same participants: the best week, and the first that "
            + "no later one beats.")
        {
            scenario, analysis, from, run.Replicates, run.Seed, run.Parallelism, run.BlockSize, run.NoProgress, format, figure,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => FollowUpCommand.Run(
                new FollowUpRequest(
                    parsed.GetRequiredValue(scenario),
                    parsed.GetValue(analysis),
                    parsed.GetValue(from),
                    run.Read(parsed) with { TrueValues = false },
                    parsed.GetValue(format) == "json",
                    parsed.GetValue(figure)),
                run.Bar(parsed, error),
                output,
                error,
                cancellation),
            CancellationToken.None));
        return command;
    }
}
