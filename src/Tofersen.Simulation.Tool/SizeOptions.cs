using System.CommandLine;
using System.Globalization;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Tool;

/// <summary>The command <c>size</c> with its options.</summary>
internal static class SizeOptions
{
    private const int MostParticipants = 1_000_000;

    internal static Command Make(TextWriter output, TextWriter error)
    {
        var defaults = new SampleSizeQuery();
        Argument<string> scenario = CommonOptions.MakeScenario();
        Option<string?> analysis = MakeAnalysis(scenario);
        Option<double> power = Number("--power", "Power to be reached.", defaults.Power, 0.01, 0.999);
        Option<double> precision = Number(
            "--precision", "Half-width of the 95 % interval relative to the answer, at which the search ends.", defaults.Precision, 0.001, 0.5);
        Option<double> cost = Number(
            "--maximum-cost", "What the search may cost, in units of 10,000 trials at the answer.", defaults.MaximumCost, 0.1, 1_000);
        var minimum = new Option<int?>("--minimum") { Description = "Fewest participants to try; 20 without it.", HelpName = "N" };
        var maximum = new Option<int?>("--maximum") { Description = "Most participants to try; 20,000 without it.", HelpName = "N" };
        foreach (Option<int?> bound in (Option<int?>[])[minimum, maximum])
        {
            bound.Validators.Add(result =>
            {
                if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out int n) && n is < 2 or > MostParticipants)
                {
                    result.AddError(FormattableString.Invariant($"{bound.Name} is {n}; it must lie in [2, {MostParticipants}]."));
                }
            });
        }

        var vary = new Option<string?>("--vary")
        {
            Description = "Look for the value of a property with the power instead, in a range: effect.maxReduction=0.1:0.9.",
            HelpName = "PATH=FROM:TO",
        };
        vary.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && ReadRange(result.Tokens[0].Value) is null)
            {
                result.AddError($"--vary is '{result.Tokens[0].Value}'; it must be PATH=FROM:TO with numbers that rise, such as effect.maxReduction=0.1:0.9.");
            }
        });
        vary.OfferPaths(scenario, '=');
        var run = new RunChoice();
        Option<string> format = CommonOptions.MakeFormat();
        Option<string?> figure = CommonOptions.MakeFigure("power where the search looked, and its answer");
        var command = new Command(
            "size",
            "Finds the number of participants with which an analysis has a power, or the smallest detectable value of a property, with a Monte Carlo "
            + "interval. Exit code 1 when the power is out of reach; the text then says how far it goes.")
        {
            scenario, analysis, power, precision, minimum, maximum, vary, cost, run.Seed, run.Parallelism, run.BlockSize, run.NoProgress, format, figure,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => SizeCommand.Run(
                new SizeRequest(
                    parsed.GetRequiredValue(scenario),
                    new SampleSizeQuery
                    {
                        Analysis = parsed.GetValue(analysis),
                        Power = parsed.GetValue(power),
                        Precision = parsed.GetValue(precision),
                        MaximumCost = parsed.GetValue(cost),
                        Minimum = parsed.GetValue(minimum),
                        Maximum = parsed.GetValue(maximum) ?? defaults.Maximum,
                        Seed = parsed.GetValue(run.Seed),
                        Parallelism = parsed.GetValue(run.Parallelism) is > 0 and var threads ? threads : null,
                        BlockSize = parsed.GetValue(run.BlockSize),
                    },
                    parsed.GetValue(vary) is { } text ? ReadRange(text) : null,
                    HasBounds: parsed.GetResult(minimum) is not null || parsed.GetResult(maximum) is not null,
                    parsed.GetValue(format) == "json",
                    parsed.GetValue(figure)),
                run.Bar(parsed, error),
                output,
                error,
                cancellation),
            CancellationToken.None));
        return command;
    }

    internal static Option<string?> MakeAnalysis(Argument<string> scenario)
    {
        var analysis = new Option<string?>("--analysis")
        {
            Description = "Name of an analysis of the scenario; not needed where there is one alone.",
            HelpName = "NAME",
        };
        analysis.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && string.IsNullOrWhiteSpace(result.Tokens[0].Value))
            {
                result.AddError("--analysis is blank; it must name an analysis.");
            }
        });
        analysis.OfferAnalyses(scenario, isList: false);
        return analysis;
    }

    private static Option<double> Number(string name, string description, double standard, double minimum, double maximum)
    {
        var option = new Option<double>(name) { Description = description, DefaultValueFactory = _ => standard, HelpName = "NUMBER" };
        option.Validators.Add(result =>
        {
            string? text = result.Tokens.Count > 0 ? result.Tokens[0].Value : null;
            if (text is not null && !(TryRead(text, out double value) && value >= minimum && value <= maximum))
            {
                result.AddError(FormattableString.Invariant($"{name} is '{text}'; it must lie in [{minimum}, {maximum}]."));
            }
        });
        return option;
    }

    private static PropertyRange? ReadRange(string text)
    {
        int equals = text.LastIndexOf('=');
        string[] ends = text[(equals + 1)..].Split(':');
        return equals > 0 && !string.IsNullOrWhiteSpace(text[..equals]) && ends.Length == 2 && TryRead(ends[0], out double from) && TryRead(ends[1], out double to) && from < to
            && Math.Max(-from, to) <= 1e9
            ? new PropertyRange(text[..equals].Trim(), from, to)
            : null;
    }

    private static bool TryRead(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
