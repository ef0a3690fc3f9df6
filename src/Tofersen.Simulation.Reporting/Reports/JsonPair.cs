using System.Text.Json.Nodes;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>A value of one scenario beside another's.</summary>
/// <param name="OldPath">Where it stands in the first; null where that has no such thing.</param>
/// <param name="Old">The first scenario's value.</param>
/// <param name="Path">Where it stands in the second; null where that has no such thing.</param>
/// <param name="Present">The second scenario's value.</param>
internal readonly record struct JsonPair(string? OldPath, JsonNode? Old, string? Path, JsonNode? Present)
{
    /// <summary>Whether the value is a whole entry of a list that the other scenario lacks.</summary>
    internal bool IsEntry { get; init; }
}
