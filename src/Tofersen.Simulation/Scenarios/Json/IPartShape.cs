using System.Text.Json;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>A shape of values with parts, of which one can be changed without reading the whole from JSON again.</summary>
internal interface IPartShape : IShape
{
    /// <summary>The value with another part; throws <see cref="ScenarioFormatException"/> with the path of what is wrong.</summary>
    /// <param name="value">The value.</param>
    /// <param name="keys">Names of properties and positions in lists that lead to the part; at least one.</param>
    /// <param name="part">The part.</param>
    /// <param name="path">Path of the value.</param>
    object With(object value, ReadOnlySpan<object> keys, JsonElement part, string path);
}
