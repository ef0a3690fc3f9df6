using System.Text.Json.Nodes;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Reporting.Reports;
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

        JsonObject own = JsonNode.Parse(ScenarioJson.Write(scenario))!.AsObject();
        JsonObject published = JsonNode.Parse(ScenarioJson.Write(preset.Scenario))!.AsObject();
        foreach (ParameterSource source in preset.Sources)
        {
            output.WriteLine(JsonMatch.Counterpart(published, source.Path, own) is not { } path
                ? $"{source.Path}: LEFT OUT of {nameOrFile}; the position is that in preset '{preset.Name}'."
                : JsonNode.DeepEquals(JsonValues.At(own, path), JsonValues.At(published, source.Path))
                    ? $"{path}: {source.Kind.ToString().ToUpperInvariant()}. {source.Citation}."
                    : $"{path}: CHANGED in {nameOrFile}; the source of preset '{preset.Name}' does not apply.");
        }

        foreach (JsonPair entry in JsonMatch.Pairs(published, own).Where(p => p.IsEntry && p.Path is { } path && !JsonValues.IsAtOrBelow(path, "analyses")))
        {
            output.WriteLine($"{entry.Path}: NEW in {nameOrFile}: {JsonValues.Describe(entry.Present)}; preset '{preset.Name}' has no such entry, and no source of it.");
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
}
