using System.Text.Json;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Reporting;

/// <summary>The results of searches for a power as JSON.</summary>
public static class SizeReport
{
    /// <summary>A number of participants with every size that was simulated, as one JSON document without anything that differs between two runs of the
    /// same question. What is not defined is null.</summary>
    /// <param name="result">The result.</param>
    /// <returns>Indented JSON, ending with a line feed.</returns>
    public static string ToJson(SampleSizeResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return ToJson(result, "participants", json =>
        {
            WriteDefined(json, "participants", result.Participants);
            json.WriteNumber("multiple", result.Multiple);
        });
    }

    /// <summary>A detectable value with every value that was simulated, in the same form.</summary>
    /// <param name="result">The result.</param>
    /// <returns>Indented JSON, ending with a line feed.</returns>
    public static string ToJson(DetectableEffectResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return ToJson(result, "value", json =>
        {
            json.WriteString("path", result.Path);
            WriteDefined(json, "value", result.Value);
            json.WriteBoolean("rises", result.Rises);
        });
    }

    private static string ToJson(PowerSearchResult result, string value, Action<Utf8JsonWriter> writeAnswer) => JsonText.OfObject(json =>
    {
        string status = result.Status.ToString();
        json.WriteString("scenario", result.Scenario.Name);
        json.WriteString("analysis", result.Analysis);
        json.WriteNumber("target", result.Target);
        json.WriteNumber("precision", result.Precision);
        json.WriteNumber("seed", result.Seed);
        json.WriteString("status", char.ToLowerInvariant(status[0]) + status[1..]);
        writeAnswer(json);
        json.WriteDefined("crossing", result.Crossing);
        json.WriteDefined("lower", result.Lower);
        json.WriteDefined("upper", result.Upper);
        json.WriteBoolean("precise", result.IsPrecise);
        json.WriteDefined("power", result.Power.Value);
        json.WriteDefined("mcse", result.Power.MonteCarloError);
        json.WriteBoolean("stillRises", result.StillRises);
        json.WriteNumber("replicates", result.Replicates);
        json.WriteNumber("simulatedParticipants", result.SimulatedParticipants);
        json.WriteDefined("cost", result.Cost);
        json.WriteStartArray("tried");
        foreach (SimulatedPower tried in result.Tried)
        {
            json.WriteStartObject();
            json.WriteNumber(value, tried.Value);
            json.WriteNumber("replicates", tried.Replicates);
            json.WriteNumber("rejected", tried.Rejected);
            json.WriteNumber("failed", tried.Failed);
            json.WriteDefined("power", tried.Power);
            json.WriteDefined("mcse", tried.MonteCarloError);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteDefined(Utf8JsonWriter json, string name, double? value) => json.WriteDefined(name, value ?? double.NaN);
}
