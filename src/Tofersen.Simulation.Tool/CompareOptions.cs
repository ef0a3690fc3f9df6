using System.CommandLine;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>compare</c> with its options.</summary>
internal static class CompareOptions
{
    internal static Command Make(TextWriter output, TextWriter error)
    {
        Argument<string> first = CommonOptions.MakeScenario();
        var second = new Argument<string?>("SCENARIO2")
        {
            Description = "Another one; without it analyses of one scenario are compared with each other.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "SCENARIO2",
        };
        var analyses = new Option<string?>("--analyses")
        {
            Description = "Names of the analyses, with commas between them: of one scenario each is compared with each, of two by name; "
                + "a=b compares analysis a of the first scenario with b of the second. All by default.",
            HelpName = "NAMES",
        };
        analyses.OfferAnalyses(first, isList: true);
        var run = new RunChoice(toPrecision: true);
        Option<string> format = CommonOptions.MakeFormat();
        var folder = new Option<string?>("--out") { Description = "Folder for compare.csv.", HelpName = "DIR" };
        folder.NotBlank();
        var command = new Command(
            "compare",
            "Compares the power of two designs, or of analyses of one, on the same simulated participants, replicate by replicate.")
        {
            first, second, analyses, run.Replicates, run.Precision, run.Seed, run.Parallelism, run.BlockSize, run.NoProgress, format, folder,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => CompareCommand.Run(
                new CompareRequest(
                    parsed.GetRequiredValue(first),
                    parsed.GetValue(second),
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
