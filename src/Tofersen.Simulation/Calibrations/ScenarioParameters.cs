using System.Globalization;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Reads and sets numbers of a scenario by their paths in its JSON.</summary>
internal sealed class ScenarioParameters
{
    private readonly JsonObject _json;
    private readonly ValueList<CalibrationParameter> _parameters;

    internal ScenarioParameters(Scenario scenario, ValueList<CalibrationParameter> parameters)
    {
        _json = ScenarioJson.Parse(ScenarioJson.Write(scenario));
        _parameters = parameters;
        foreach (CalibrationParameter parameter in parameters)
        {
            Check(parameter);
        }
    }

    /// <summary>Values in the scenario as it is: 1 for a factor.</summary>
    internal double[] Values =>
        [.. _parameters.Select(p => p.IsFactor ? 1 : Number(_json, p.Paths[0]))];

    /// <summary>The scenario with other values.</summary>
    internal Scenario With(ReadOnlySpan<double> values)
    {
        JsonObject changed = _json.DeepClone().AsObject();
        for (int i = 0; i < values.Length; i++)
        {
            foreach (string path in _parameters[i].Paths)
            {
                Set(changed, path, _parameters[i].IsFactor ? values[i] * Number(_json, path) : values[i]);
            }
        }

        return ScenarioJson.Read(changed.ToJsonString());
    }

    private void Check(CalibrationParameter parameter)
    {
        foreach (string path in parameter.Paths)
        {
            Number(_json, path);
        }

        double start = parameter.IsFactor ? 1 : Number(_json, parameter.Paths[0]);
        if (!(parameter.Minimum < parameter.Maximum) || start < parameter.Minimum || start > parameter.Maximum)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The range of '{parameter.Name}', {parameter.Minimum} to {parameter.Maximum}, must hold the value that the calibration begins at, {start}."),
                nameof(parameter));
        }
    }

    private static double Number(JsonObject json, string path)
    {
        (JsonNode parent, object key) = Find(json, path);
        JsonNode? node = key is string name ? (parent as JsonObject)?[name] : (parent as JsonArray)?[(int)key];
        return node is JsonValue value && value.TryGetValue(out double number)
            ? number
            : throw new ArgumentException($"There is no number at '{path}' in the scenario.", nameof(path));
    }

    private static void Set(JsonObject json, string path, double number)
    {
        (JsonNode parent, object key) = Find(json, path);
        if (key is string name)
        {
            parent.AsObject()[name] = number;
        }
        else
        {
            parent.AsArray()[(int)key] = number;
        }
    }

    // The object or list that holds what a path leads to, and the name or position in it.
    private static (JsonNode Parent, object Key) Find(JsonObject json, string path)
    {
        JsonNode node = json;
        object? key = null;
        foreach (string step in path.Replace("[", ".[", StringComparison.Ordinal).Split('.'))
        {
            if (key is not null)
            {
                JsonNode? next = key is string name ? (node as JsonObject)?[name]
                    : node is JsonArray list && (int)key < list.Count ? list[(int)key] : null;
                node = next ?? throw new ArgumentException($"There is nothing at '{path}' in the scenario.", nameof(path));
            }

            key = step.StartsWith('[') && step.EndsWith(']')
                && int.TryParse(step.AsSpan(1, step.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                ? index
                : step;
        }

        return node is JsonArray entries && key is int at && at >= entries.Count
            ? throw new ArgumentException($"There is nothing at '{path}' in the scenario.", nameof(path))
            : (node, key!);
    }
}
