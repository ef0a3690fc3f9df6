using System.Text.Json;
using Tofersen.Simulation.Scenarios.Json;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Sets one number of a scenario again and again: the records on the way to it are copied and nothing else, which takes microseconds where
/// reading the whole takes milliseconds.</summary>
/// <remarks>Values are checked as in a file, but whether the parts of the scenario still fit together is not: see
/// <see cref="Scenario.Validate"/>.</remarks>
internal sealed class ScenarioNumber
{
    private readonly object[] _keys;

    /// <param name="properties">A scenario of the shape of those that are to be changed.</param>
    /// <param name="path">Path of the number.</param>
    /// <exception cref="ArgumentException">The path leads nowhere.</exception>
    internal ScenarioNumber(ScenarioProperties properties, string path) => _keys = properties.Keys(path);

    /// <summary>The scenario with another number.</summary>
    /// <exception cref="ScenarioFormatException">The scenario does not accept it; the message names the path.</exception>
    internal Scenario Set(Scenario scenario, double number) =>
        (Scenario)Shapes.Scenario.With(scenario, _keys, JsonSerializer.SerializeToElement(number, JsonTypes.Default.Double), "$");
}
