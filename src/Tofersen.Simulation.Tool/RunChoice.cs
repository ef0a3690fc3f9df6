using System.CommandLine;
using System.Globalization;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Tool;

/// <summary>The options that every Monte Carlo command has.</summary>
internal sealed class RunChoice
{
    /// <summary>Replicates at which a run to a precision ends at the latest, where nobody says.</summary>
    private const int MostForPrecision = 1_000_000;

    private static readonly RunOptions Defaults = new();

    /// <summary>Makes the options.</summary>
    /// <param name="toPrecision">Whether the command has --mcse.</param>
    internal RunChoice(bool toPrecision = false)
    {
        if (toPrecision)
        {
            Replicates.Description = "Number of simulated trials; with --mcse the largest number, 1000000 unless given.";
        }

        Replicates.AtLeast(1, 100_000_000);
        Parallelism.AtLeast(0, 1_024);
        BlockSize.AtLeast(1, 1_000_000);
        Precision.Validators.Add(result =>
        {
            string? text = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            if (text is not null && !(double.TryParse(text, CultureInfo.InvariantCulture, out double error) && error is > 0 and <= 0.5))
            {
                result.AddError($"--mcse is '{text}'; it must be above 0 and at most 0.5.");
            }
        });
    }

    internal Option<int> Replicates { get; } = new("--replicates")
    {
        Description = "Number of simulated trials.",
        DefaultValueFactory = _ => Defaults.Replicates,
    };

    internal Option<double?> Precision { get; } = new("--mcse")
    {
        Description = "Go on until the Monte Carlo standard error of every power is at most this, such as 0.002.",
        HelpName = "ERROR",
    };

    internal Option<ulong> Seed { get; } = CommonOptions.MakeSeed();

    internal Option<int> Parallelism { get; } = new("--parallelism")
    {
        Description = "Number of threads; 0 for as many as processors. Does not change the result.",
    };

    internal Option<int> BlockSize { get; } = new("--block-size")
    {
        Description = "Number of replicates a thread takes at a time. Does not change the result.",
        DefaultValueFactory = _ => Defaults.BlockSize,
    };

    internal Option<bool> NoProgress { get; } = new("--no-progress")
    {
        Description = "Show no progress; there is none anyway where standard error is not a terminal.",
    };

    /// <summary>Refuses --mcse where there can be none, and says why; hidden.</summary>
    /// <param name="reason">Why there is none, and what to do.</param>
    internal static Option<string?> NoPrecision(string reason)
    {
        var option = new Option<string?>("--mcse") { Hidden = true, Arity = ArgumentArity.ZeroOrOne };
        option.Validators.Add(result => result.AddError($"There is no --mcse here: {reason}."));
        return option;
    }

    /// <summary>The display of progress.</summary>
    internal ProgressBar Bar(ParseResult parsed, TextWriter error) => new(error, !parsed.GetValue(NoProgress));

    /// <summary>Number of threads; null for as many as processors.</summary>
    internal int? Threads(ParseResult parsed) => parsed.GetValue(Parallelism) is > 0 and var threads ? threads : null;

    internal RunOptions Read(ParseResult parsed)
    {
        double? precision = parsed.GetValue(Precision);
        bool isMaximumGiven = parsed.GetResult(Replicates) is { Implicit: false };
        return new RunOptions
        {
            Replicates = precision is null || isMaximumGiven ? parsed.GetValue(Replicates) : MostForPrecision,
            Precision = precision,
            Seed = parsed.GetValue(Seed),
            Parallelism = Threads(parsed),
            BlockSize = parsed.GetValue(BlockSize),
        };
    }
}
