using System.CommandLine;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>assurance</c> with its options.</summary>
internal static class AssuranceOptions
{
    internal static Command Make(TextWriter output, TextWriter error)
    {
        Argument<string> scenario = CommonOptions.MakeScenario();
        var prior = new Option<string[]>("--prior")
        {
            Description = "What is believed about a property, by its path in the scenario's JSON: effect.maxReduction~normal(0.4,0.1,min=0,max=1). "
                + "Distributions: normal(mean,sd), logNormal(median,logSd), uniform(min,max), triangular(min,mode,max), beta(a,b), "
                + "discrete(value:weight,...); the first two and beta take min= and max=. With path+path~... properties move together. "
                + "Give it once for each property, in quotes.",
            Required = true,
            HelpName = "PATH~DISTRIBUTION",
        };
        var correlation = new Option<string[]>("--correlation")
        {
            Description = "That two priors go together: PATH,PATH=0.5, the correlation of their normal scores.",
            HelpName = "PATH,PATH=R",
        };
        prior.OfferPaths(scenario, '~');
        correlation.OfferOptions();
        Option<string?> analyses = ChosenAnalyses.Option(scenario);
        var run = new RunChoice();
        Option<string> format = CommonOptions.MakeFormat();
        var folder = new Option<string?>("--out")
        {
            Description = "Folder for assurance.csv, priors.csv and scenario.json.",
            HelpName = "DIR",
        };
        folder.NotBlank();
        var command = new Command(
            "assurance",
            "Tells how likely a trial is to succeed when its assumptions are uncertain: each simulated trial draws them anew. "
            + "Success is rejection in favour of treatment.")
        {
            scenario, prior, correlation, analyses, run.Replicates, run.Seed, run.Parallelism, run.BlockSize, run.NoProgress, format, folder,
            RunChoice.NoPrecision("an assurance runs a fixed number of trials, every one under assumptions of its own; raise --replicates until the errors in its table are small enough"),
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => AssuranceCommand.Run(
                new AssuranceRequest(
                    parsed.GetRequiredValue(scenario),
                    parsed.GetValue(prior) ?? [],
                    parsed.GetValue(correlation) ?? [],
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
