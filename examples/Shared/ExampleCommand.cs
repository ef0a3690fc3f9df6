using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Examples;

/// <summary>What the command lines of the examples have in common: options with their ranges, and one line and exit code 2 for what the
/// person at the keyboard can mend.</summary>
internal static class ExampleCommand
{
    private const int BadInput = 2;
    private const int Cancelled = 130;

    internal static Option<int> Replicates(int byDefault, string description = "Number of simulated trials.", int fewest = 1) =>
        WholeNumber("--replicates", description, byDefault, fewest, 100_000_000);

    internal static Option<ulong> Seed() => new("--seed")
    {
        Description = "Seed: any whole number from 0.",
        DefaultValueFactory = _ => 1,
        CustomParser = result => ulong.TryParse(Text(result), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : Refuse<ulong>(result, $"--seed must be a whole number from 0, not '{Text(result)}'."),
    };

    internal static Option<string> Folder(string byDefault, string description = "Folder for the CSV files.")
    {
        var option = new Option<string>("--out") { Description = description, DefaultValueFactory = _ => byDefault };
        option.Validators.Add(result =>
        {
            // Found before the work is done and not after it.
            if (result.Tokens.Count > 0 && File.Exists(result.Tokens[0].Value))
            {
                result.AddError($"--out: '{result.Tokens[0].Value}' is a file, not a folder.");
            }
        });
        return option;
    }

    internal static Option<int> WholeNumber(string name, string description, int byDefault, int least, int most) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => int.TryParse(Text(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= least && value <= most
                ? value
                : Refuse<int>(result, FormattableString.Invariant(
                    $"{name} must be a whole number from {least:N0} to {most:N0}, not '{Text(result)}'.")),
    };

    internal static Option<double> Number(string name, string description, double byDefault, double least, double most) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => double.TryParse(Text(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value >= least && value <= most
                ? value
                : Refuse<double>(result, FormattableString.Invariant($"{name} must lie between {least} and {most}, not '{Text(result)}'.")),
    };

    /// <summary>Parses and runs the command; returns the exit code of the program.</summary>
    internal static int Run(RootCommand root, string[] args)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            Console.Error.WriteLine(parsed.Errors[0].Message + " Try --help.");
            return BadInput;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled.");
            return Cancelled;
        }
        catch (Exception exception) when (exception
            is IOException or UnauthorizedAccessException or AnalysisDataException or ScenarioFormatException or StudyPlanException)
        {
            // Anything else is a defect, and its stack trace helps to mend it.
            Console.Error.WriteLine(string.Join(' ', exception.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
            return BadInput;
        }
    }

    private static string Text(ArgumentResult result) => result.Tokens.Count > 0 ? result.Tokens[0].Value : "";

    private static T Refuse<T>(ArgumentResult result, string message)
        where T : struct
    {
        result.AddError(message);
        return default;
    }
}
