using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>The command line: parses, runs a command, and turns what users can mend into one line and an exit code.</summary>
internal static class CommandLine
{
    internal static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        RootCommand root = Commands.Make(output, error);
        ParseResult parsed = root.Parse(args);
        // What a shell asks for its completion is no command yet.
        bool isCompletion = root.Directives.OfType<SuggestDirective>().Any(suggest => parsed.GetResult(suggest) is not null);
        if (parsed.Errors.Count > 0 && !isCompletion)
        {
            string problem = parsed.UnmatchedTokens.Count > 0
                ? Unknown(Misplaced(parsed) ?? parsed.UnmatchedTokens[0], parsed.CommandResult.Command)
                : WithoutTypes(parsed.Errors[0].Message);
            await error.WriteLineAsync($"tofersen-sim: {OneLine(problem)} Try 'tofersen-sim{NameOf(parsed.CommandResult)} --help'.").ConfigureAwait(false);
            return ExitCode.BadInput;
        }

        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            // A run ends within one analysis of one replicate; the limit is for trials of very many participants.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        try
        {
            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("tofersen-sim: cancelled.").ConfigureAwait(false);
            return ExitCode.Cancelled;
        }
        catch (BlockLostException exception)
        {
            await error.WriteLineAsync($"tofersen-sim: {OneLine(exception.Message)}").ConfigureAwait(false);
            return ExitCode.NotWritten;
        }
        catch (Exception exception) when (IsForTheUser(exception))
        {
            await error.WriteLineAsync($"tofersen-sim: {OneLine(exception.Message)}").ConfigureAwait(false);
            return ExitCode.BadInput;
        }
    }

    // Names of .NET's types say nothing to whoever types a command.
    private static string WithoutTypes(string problem) => problem
        .Replace("as expected type 'System.Double'", "as a number", StringComparison.Ordinal)
        .Replace("as expected type 'System.Int32'", "as a whole number", StringComparison.Ordinal)
        .Replace("as expected type 'System.UInt64'", "as a whole number from 0", StringComparison.Ordinal);

    // Anything else is a defect of the program, and its stack trace helps to mend it.
    private static bool IsForTheUser(Exception exception) =>
        exception is BadInputException or AnalysisDataException or ScenarioFormatException or ScreeningException or StudyPlanException or IOException
            or UnauthorizedAccessException or ReplicateException { InnerException: ScreeningException or ScenarioFormatException };

    // An option that the command has not may have been taken for an argument, so that what follows it was one too many.
    private static string? Misplaced(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens).Select(token => token.Value).FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal));

    // A word that begins with a dash was meant for an option.
    private static string Unknown(string word, Command command)
    {
        IEnumerable<string> known = word.StartsWith('-')
            ? command.Options.Where(o => !o.Hidden).SelectMany(o => (string[])[o.Name, .. o.Aliases])
            : command.Subcommands.Select(c => c.Name);
        return $"Unknown command, option or argument '{word}'.{NearestName.Hint(word, known)}";
    }

    /// <summary>Names of a command and those above it, a blank before each; empty for the whole tool.</summary>
    internal static string NameOf(CommandResult command)
    {
        var names = new Stack<string>();
        for (SymbolResult? result = command; result is CommandResult { Command: not RootCommand } sub; result = result.Parent)
        {
            names.Push(" " + sub.Command.Name);
        }

        return string.Concat(names);
    }

    private static string OneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
