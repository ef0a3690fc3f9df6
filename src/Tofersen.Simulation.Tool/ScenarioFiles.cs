using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tool;

/// <summary>Finds scenarios by the name of a preset or the path of a file.</summary>
internal static class ScenarioFiles
{
    /// <summary>Largest scenario file that is read; a scenario takes a few kilobytes.</summary>
    private const long LargestFile = 16 << 20;

    /// <summary>The scenario, and the preset that it is or builds on, if any.</summary>
    internal static (Scenario Scenario, Preset? Preset) Find(string nameOrFile)
    {
        if (Presets.Find(nameOrFile) is { } preset)
        {
            return (preset.Scenario, preset);
        }

        if (Directory.Exists(nameOrFile))
        {
            throw new BadInputException(File.Exists(Path.Combine(nameOrFile, ResultFile.FileName))
                ? $"'{nameOrFile}' is a folder of results; its scenario is '{Path.Combine(nameOrFile, "scenario.json")}', and 'report {nameOrFile}' shows what was found."
                : $"'{nameOrFile}' is a folder, not a preset or a scenario file.");
        }

        if (!File.Exists(nameOrFile))
        {
            throw new BadInputException(
                $"There is no preset and no file '{nameOrFile}'; the presets are {string.Join(", ", Completions.PresetNames)}.{NearestName.Hint(nameOrFile, Completions.PresetNames)}");
        }

        return ReadFile(nameOrFile);
    }

    /// <summary>The scenario, which must have analyses.</summary>
    internal static Scenario FindWithAnalyses(string nameOrFile)
    {
        Scenario scenario = Find(nameOrFile).Scenario;
        return scenario.Analyses.Count > 0
            ? scenario
            : throw new BadInputException($"Scenario '{scenario.Name}' has no analyses; list some under 'analyses'.");
    }

    /// <summary>The scenario without its looks, for questions about analyses of the whole trial; says so where it has some.</summary>
    internal static Scenario FindWholeTrial(string nameOrFile, TextWriter error)
    {
        Scenario scenario = Find(nameOrFile).Scenario;
        if (scenario.Sequential is not null)
        {
            error.WriteLine(
                $"tofersen-sim: the looks of '{scenario.Name}' are left out: what follows is about analyses of the whole trial. 'power' and 'sweep' have the looks.");
        }

        return scenario with { Sequential = null };
    }

    internal static (Scenario Scenario, Preset? Preset) ReadFile(string file)
    {
        if (!File.Exists(file))
        {
            throw new BadInputException(Directory.Exists(file) ? $"'{file}' is a folder, not a file." : $"There is no file '{file}'.");
        }

        if (new FileInfo(file).Length > LargestFile)
        {
            throw new BadInputException($"'{file}' is larger than {LargestFile >> 20} MiB; it is no scenario.");
        }

        string json = File.ReadAllText(file);
        try
        {
            Scenario scenario = Presets.ReadScenario(json);
            return (scenario, ScenarioJson.BaseOf(json) is { } name ? Presets.Find(name) : null);
        }
        catch (ScenarioFormatException exception)
        {
            throw new BadInputException($"{file}: {exception.Message}");
        }
    }
}
