using System.CommandLine;
using System.Globalization;

namespace Tofersen.Simulation.Tool;

/// <summary>Options that several commands have, and checks of their values.</summary>
internal static class CommonOptions
{
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

    internal static void NotBlank<T>(this Option<T> option) =>
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

    /// <summary>Share of failed replicates above which the exit code is 3.</summary>
    internal static Option<double> MakeFailureLimit()
    {
        var limit = new Option<double>("--failure-limit")
        {
            Description = "Share of failed replicates of any analysis above which the exit code is 3.",
            DefaultValueFactory = _ => FailureLimit.Default,
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
        return limit;
    }
}
