using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>The commands under <c>scenario</c>.</summary>
internal static class ScenarioCommands
{
    internal static int List(TextWriter output)
    {
        foreach (Preset preset in Presets.All)
        {
            output.WriteLine($"{preset.Name,-14}  {preset.Scenario.Description}");
        }

        return ExitCode.Done;
    }

    internal static int Show(string nameOrFile, bool sources, TextWriter output)
    {
        (Scenario scenario, Preset? preset) = ScenarioFiles.Find(nameOrFile);
        if (!sources)
        {
            output.Write(ScenarioJson.Write(scenario));
            return ExitCode.Done;
        }

        if (preset is null)
        {
            throw new BadInputException($"'{nameOrFile}' is not a preset and has none as its base; only presets know their sources.");
        }

        foreach (ParameterSource source in preset.Sources)
        {
            output.WriteLine($"{source.Path}: {source.Kind.ToString().ToUpperInvariant()}. {source.Citation}.");
        }

        return ExitCode.Done;
    }

    internal static int Validate(string file, TextWriter output)
    {
        (Scenario scenario, _) = ScenarioFiles.ReadFile(file);
        output.WriteLine(FormattableString.Invariant(
            $"{file}: valid; scenario '{scenario.Name}', {scenario.Design.Participants} participants, {scenario.Analyses.Count} analyses."));
        return ExitCode.Done;
    }

    internal static int Schema(TextWriter output)
    {
        output.Write(ScenarioJson.Schema());
        return ExitCode.Done;
    }
}
