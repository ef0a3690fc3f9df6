using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Calibrations;

/// <summary>All presets.</summary>
public static class Presets
{
    /// <summary>The presets, in reading order.</summary>
    public static ValueList<Preset> All { get; } =
    [
        PhaseOneTwo.Preset,
        Valor.Preset,
        ValorOpenLabelExtension.ToWeek52,
        ValorOpenLabelExtension.ToWeek148,
        ValorOpenLabelExtension.ThroughChain,
        Atlas.Preset,
        Sod1NaturalHistory.Preset,
        GeneralAls.Preset,
        GeneralAls.EdaravonePreset,
    ];

    /// <summary>Finds a preset by name.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The preset; null where there is none of that name.</returns>
    public static Preset? Find(string name) => All.FirstOrDefault(p => p.Name == name);

    /// <summary>Reads a scenario whose base, if any, is a preset.</summary>
    /// <param name="json">The text of a scenario file.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="ScenarioFormatException">The text is not a scenario; the message says where and why.</exception>
    public static Scenario ReadScenario(string json) =>
        ScenarioJson.Read(json, name => Find(name)?.Scenario, All.Select(p => p.Name));
}
