using System.Globalization;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>The commands under <c>scenario</c>.</summary>
internal static class ScenarioCommands
{
    internal static int List(TextWriter output)
    {
        int width = Presets.All.Max(p => p.Name.Length);
        foreach (Preset preset in Presets.All)
        {
            output.WriteLine($"{preset.Name.PadRight(width)}  {preset.Scenario.Description}");
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

        JsonNode own = JsonNode.Parse(ScenarioJson.Write(scenario))!;
        JsonNode published = JsonNode.Parse(ScenarioJson.Write(preset.Scenario))!;
        foreach (ParameterSource source in preset.Sources)
        {
            output.WriteLine(At(own, source.Path) == At(published, source.Path)
                ? $"{source.Path}: {source.Kind.ToString().ToUpperInvariant()}. {source.Citation}."
                : $"{source.Path}: CHANGED in {nameOrFile}; the source of preset '{preset.Name}' does not apply.");
        }

        return ExitCode.Done;
    }

    internal static int Validate(string file, TextWriter output)
    {
        (Scenario scenario, _) = ScenarioFiles.ReadFile(file);
        output.WriteLine(FormattableString.Invariant(
            $"{file}: valid; scenario '{scenario.Name}', {scenario.Design.Participants} participants, {scenario.Analyses.Count} {(scenario.Analyses.Count == 1 ? "analysis" : "analyses")}."));
        foreach (string note in ScenarioNotes.Of(scenario))
        {
            output.WriteLine($"Note: {note}");
        }

        return ExitCode.Done;
    }

    internal static int Schema(TextWriter output)
    {
        output.Write(ScenarioJson.Schema());
        return ExitCode.Done;
    }

    /// <summary>The text of what stands at a path such as <c>population.strata[0].weight</c>; empty where there is nothing.</summary>
    private static string At(JsonNode root, string path)
    {
        JsonNode? node = root;
        foreach (string step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            node = step[0] != '['
                ? (node as JsonObject)?[step]
                : node is JsonArray list && int.Parse(step[1..^1], CultureInfo.InvariantCulture) is int index && index < list.Count
                    ? list[index]
                    : null;
        }

        return node?.ToJsonString() ?? "";
    }
}
