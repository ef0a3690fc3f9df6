using System.CommandLine;
using System.Globalization;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Tool;

/// <summary>Options that several commands have, and checks of their values.</summary>
internal static class CommonOptions
{
    internal static Option<ulong> MakeSeed() => new("--seed")
    {
        Description = "Seed; with the scenario and the version it fixes every number.",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>A scenario: what most commands are about.</summary>
    internal static Argument<string> MakeScenario()
    {
        var scenario = new Argument<string>("SCENARIO") { Description = "Name of a preset, or a scenario file.", HelpName = "SCENARIO" };
        scenario.CompletionSources.Add(_ => Completions.PresetNames);
        return scenario;
    }

    internal static Option<string> MakeFormat() =>
        MakeChoice("--format", "text for people, json for one document on standard output.", ["text", "json"]);

    /// <summary>An option with a few values, the first by default.</summary>
    internal static Option<string> MakeChoice(string name, string description, string[] values)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => values[0], HelpName = string.Join('|', values) };
        option.CompletionSources.Add(values);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !values.Contains(result.Tokens[0].Value))
            {
                result.AddError(NotOneOf(name, result.Tokens[0].Value, values));
            }
        });
        return option;
    }

    /// <summary>Says that a value is none of those that are known, and which of them may have been meant.</summary>
    internal static string NotOneOf(string name, string given, string[] values) =>
        $"{name} is '{given}'; it must be {string.Join(", ", values[..^1])} or {values[^1]}.{NearestName.Hint(given, values)}";

    /// <summary>A file for a figure.</summary>
    internal static Option<string?> MakeFigure(string shows)
    {
        var figure = new Option<string?>("--figure") { Description = $"SVG file for a figure: {shows}.", HelpName = "FILE.svg" };
        figure.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !result.Tokens[0].Value.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
            {
                result.AddError($"--figure is '{result.Tokens[0].Value}'; it must be the name of an SVG file, such as figure.svg.");
            }
        });
        return figure;
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
