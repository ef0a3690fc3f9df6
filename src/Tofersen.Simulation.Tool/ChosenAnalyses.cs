using System.CommandLine;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>Names of analyses on the command line.</summary>
internal static class ChosenAnalyses
{
    /// <summary>The option that leaves the other analyses of a scenario out.</summary>
    internal static Option<string?> Option() => new("--analyses")
    {
        Description = "Names of the analyses to run, with commas between them; all of the scenario by default.",
        HelpName = "NAMES",
    };

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

        return scenario with { Analyses = [.. scenario.Analyses.Where(a => names.Contains(a.Name))] };
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
            throw new BadInputException($"Scenario '{scenario.Name}' has no analysis '{analysis}'; there are {NamesOf(scenario)}.");
        }
    }

    internal static string NamesOf(Scenario scenario) =>
        scenario.Analyses.Count == 0 ? "none" : string.Join(", ", scenario.Analyses.Select(a => a.Name));
}
