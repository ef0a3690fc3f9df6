using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Calibrations;

/// <summary>All presets.</summary>
public static class Presets
{
    /// <summary>The presets, in reading order.</summary>
    public static ValueList<Preset> All { get; } =
        [Valor.Preset, ValorOpenLabelExtension.ToWeek52, ValorOpenLabelExtension.ToWeek148];

    /// <summary>Finds a preset by name.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The preset; null where there is none of that name.</returns>
    public static Preset? Find(string name) => All.FirstOrDefault(p => p.Name == name);
}
