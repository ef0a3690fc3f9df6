using System.CommandLine;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>Names of analyses on the command line.</summary>
internal static class ChosenAnalyses
{
    /// <summary>The option that leaves the other analyses of a scenario out.</summary>
    /// <param name="scenario">Where the scenario is named, whose analyses a shell may offer.</param>
    internal static Option<string?> Option(Argument<string> scenario)
    {
        var option = new Option<string?>("--analyses")
        {
            Description = "Names of the analyses to run, with commas between them; all of the scenario by default.",
            HelpName = "NAMES",
        };
        option.OfferAnalyses(scenario, isList: true);
        return option;
    }

    /// <summary>The scenario with the chosen analyses alone, in the order of the scenario.</summary>
    internal static Scenario Of(Scenario scenario, string? chosen)
    {
        if (chosen is null)
        {
            return scenario;
        }

        string[] names = Names(chosen);
        foreach (string name in names)
        {
            Check(scenario, name);
        }

        // Those that the looks test cannot be left out.
        string? needed = scenario.Sequential is { } plan
            ? plan.Looks.Select(look => look.Analysis).Append(plan.Analysis).FirstOrDefault(a => a is not null && !names.Contains(a))
            : null;
        return needed is null
            ? scenario with { Analyses = [.. scenario.Analyses.Where(a => names.Contains(a.Name))] }
            : throw new BadInputException($"--analyses leaves out '{needed}', which the looks of '{scenario.Name}' test; name it too, or set sequential to null in the scenario.");
    }

    internal static string[] Names(string text)
    {
        string[] names = text.Split(',', StringSplitOptions.TrimEntries);
        return names.All(n => n.Length > 0) && names.Distinct().Count() == names.Length
            ? names
            : throw new BadInputException($"--analyses is '{text}'; it must be names with commas between them, all different.");
    }

    internal static void Check(Scenario scenario, string analysis)
    {
        if (!scenario.Analyses.Any(a => a.Name == analysis))
        {
            throw new BadInputException(
                $"Scenario '{scenario.Name}' has no analysis '{analysis}'; there are {NamesOf(scenario)}.{NearestName.Hint(analysis, scenario.Analyses.Select(a => a.Name))}");
        }
    }

    internal static string NamesOf(Scenario scenario) =>
        scenario.Analyses.Count == 0 ? "none" : string.Join(", ", scenario.Analyses.Select(a => a.Name));
}
