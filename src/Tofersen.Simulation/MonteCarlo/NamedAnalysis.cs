using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Json;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Finds the analysis of a scenario that a question is about.</summary>
internal static class NamedAnalysis
{
    /// <summary>The analysis of a name, or the only one where the name is null.</summary>
    /// <exception cref="ArgumentException">There is none, or it is not clear which.</exception>
    internal static IAnalysis In(Scenario scenario, string? name)
    {
        string[] names = [.. scenario.Analyses.Select(a => a.Name)];
        if (name is null)
        {
            return names.Length switch
            {
                0 => throw new ArgumentException($"Scenario '{scenario.Name}' has no analyses.", nameof(scenario)),
                1 => scenario.Analyses[0],
                _ => throw new ArgumentException(
                    $"Scenario '{scenario.Name}' has several analyses; name one: {string.Join(", ", names)}.", nameof(name)),
            };
        }

        return scenario.Analyses.FirstOrDefault(a => a.Name == name)
            ?? throw new ArgumentException(
                names.Length == 0
                    ? $"Scenario '{scenario.Name}' has no analyses."
                    : $"There is no analysis '{name}'; there are {string.Join(", ", names)}.{Texts.Nearest(name, names)}",
                nameof(name));
    }

    /// <summary>The scenario with that analysis alone, of the whole trial: without interim looks.</summary>
    internal static Scenario Alone(Scenario scenario, string? name) =>
        scenario with { Analyses = [In(scenario, name)], Sequential = null };
}
