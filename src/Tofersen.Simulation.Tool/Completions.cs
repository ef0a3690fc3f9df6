using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>What a shell may offer where a name of a preset, of analyses or of a property is being typed.</summary>
internal static class Completions
{
    internal static IEnumerable<string> PresetNames => Presets.All.Select(p => p.Name);

    /// <summary>Offers the analyses of the scenario that stands on the command line.</summary>
    /// <param name="option">The option.</param>
    /// <param name="scenario">Where the scenario is named.</param>
    /// <param name="isList">Whether there may be several names, with commas between them.</param>
    internal static void OfferAnalyses(this Option<string?> option, Argument<string> scenario, bool isList) =>
        option.CompletionSources.Add(context =>
        {
            string[] names = [.. ScenarioOf(context, scenario)?.Analyses.Select(a => a.Name) ?? []];
            int comma = isList ? context.WordToComplete.LastIndexOf(',') : -1;
            string before = context.WordToComplete[..(comma + 1)];
            return names.Except(before.Split(',')).Select(name => before + name);
        });

    /// <summary>Offers the paths of the numbers of the scenario that stands on the command line.</summary>
    /// <param name="option">The option.</param>
    /// <param name="scenario">Where the scenario is named.</param>
    /// <param name="end">What follows a path.</param>
    internal static void OfferPaths<T>(this Option<T> option, Argument<string> scenario, char end)
    {
        option.CompletionSources.Add(context =>
            ScenarioOf(context, scenario) is { } found && ScenarioJson.TryWrite(found) is { } json ? ScenarioPaths.Numbers(json).Select(path => path + end) : []);
        option.OfferOptions();
    }

    /// <summary>Offers the other options after one that may be given several times: the library takes whatever follows for one more of its
    /// values, and would offer nothing else.</summary>
    /// <param name="option">The option.</param>
    internal static void OfferOptions(this Option option) => option.CompletionSources.Add(context =>
        context.WordToComplete.StartsWith('-') ? context.ParseResult.CommandResult.Command.Options.Where(o => !o.Hidden).Select(o => o.Name) : []);

    /// <summary>Folders that a word may be the beginning of, and files of results in them: shells complete paths only where a program offers nothing.</summary>
    internal static IEnumerable<string> Folders(string word)
    {
        int slash = word.LastIndexOf('/');
        string parent = word[..(slash + 1)];
        string place = parent.Length == 0 ? "." : parent;
        return Directory.Exists(place)
            ? Directory.EnumerateDirectories(place).Select(path => Path.GetFileName(path)!)
                .Where(name => !name.StartsWith('.') && name.StartsWith(word[(slash + 1)..], StringComparison.Ordinal))
                .Order(StringComparer.Ordinal).Select(name => parent + name)
            : [];
    }

    // What cannot be read offers nothing; the command itself says why.
    private static Scenario? ScenarioOf(CompletionContext context, Argument<string> scenario)
    {
        if (context.ParseResult.GetResult(scenario) is not { Tokens: [Token token, ..] })
        {
            return null;
        }

        try
        {
            return ScenarioFiles.Find(token.Value).Scenario;
        }
        catch (Exception exception) when (exception is BadInputException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
