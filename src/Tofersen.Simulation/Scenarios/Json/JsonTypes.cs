using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>How single values are written without reflection, so that a trimmed or ahead-of-time compiled program can write them,
/// too.</summary>
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class JsonTypes : JsonSerializerContext;
