using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Scenarios.Json;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Reads and sets properties of a scenario by their paths in its JSON.</summary>
/// <remarks>A path names properties with points between them, and entries of lists by position from 0, <c>population.strata[0].share</c>, or by
/// their names, <c>population.strata.fast.share</c>. <see cref="ScenarioJson"/> says what a scenario that was written whole has; properties that may
/// be absent can be set all the same.</remarks>
internal sealed class ScenarioProperties
{
    private readonly JsonObject _json;

    /// <exception cref="NotSupportedException">The scenario holds a model that is not the library's own, and has no JSON.</exception>
    internal ScenarioProperties(Scenario scenario) => _json = ScenarioJson.Parse(ScenarioJson.Write(scenario));

    /// <summary>The number at a path.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal double Number(string path) =>
        Find(path) is JsonValue value && value.TryGetValue(out double number)
            ? number
            : throw new ArgumentException($"There is no number at '{path}' in the scenario.", nameof(path));

    /// <summary>What is at a path; null where nothing is, or null.</summary>
    /// <exception cref="ArgumentException">There is no place for a value of this path.</exception>
    internal JsonNode? Find(string path)
    {
        (JsonNode parent, object key) = Place(_json, path);
        return key is int position ? parent.AsArray()[position] : parent.AsObject()[(string)key];
    }

    /// <summary>Checks that a number may stand at a path: there is one, or nothing yet.</summary>
    /// <exception cref="ArgumentException">Something else is there, or there is no place for a value.</exception>
    internal void CheckNumber(string path)
    {
        JsonNode? node = Find(path);
        if (node is not null && node.GetValueKind() != JsonValueKind.Number)
        {
            string what = node switch
            {
                JsonObject entries => $"an object, with {string.Join(", ", entries.Select(e => e.Key))}",
                JsonArray => "a list",
                _ => node.ToJsonString(),
            };
            throw new ArgumentException($"At '{path}' there is {what}; it must be a number.", nameof(path));
        }
    }

    /// <summary>The scenario with other values.</summary>
    /// <exception cref="ArgumentException">A path leads nowhere.</exception>
    /// <exception cref="ScenarioFormatException">The scenario does not accept a value; the message names the path.</exception>
    internal Scenario With(IEnumerable<(string Path, PropertyValue Value)> values)
    {
        JsonObject changed = _json.DeepClone().AsObject();
        foreach ((string path, PropertyValue value) in values)
        {
            (JsonNode parent, object key) = Place(changed, path);
            if (key is int position)
            {
                parent.AsArray()[position] = value.Node;
            }
            else if (value.Node is { } node)
            {
                parent.AsObject()[(string)key] = node;
            }
            else
            {
                // What may be absent is so when it is null.
                parent.AsObject().Remove((string)key);
            }
        }

        return ScenarioJson.Read(changed.ToJsonString());
    }

    /// <summary>The names and positions that a path leads through, with positions in the place of the names of entries.</summary>
    /// <exception cref="ArgumentException">The path leads nowhere.</exception>
    internal object[] Keys(string path)
    {
        string[] steps = Steps(path);
        var keys = new object[steps.Length];
        for (int s = 0; s < steps.Length; s++)
        {
            keys[s] = Place(_json, steps[..(s + 1)], path).Key;
        }

        return keys;
    }

    private static string[] Steps(string path) => path.Replace("[", ".[", StringComparison.Ordinal).Split('.');

    private static (JsonNode Parent, object Key) Place(JsonObject json, string path) => Place(json, Steps(path), path);

    // The object or list that holds what a path leads to, and the name or position in it.
    private static (JsonNode Parent, object Key) Place(JsonObject json, string[] steps, string path)
    {
        JsonNode node = json;
        for (int s = 0; ; s++)
        {
            object key = Key(node, steps, s, path);
            if (s == steps.Length - 1)
            {
                return (node, key);
            }

            node = (key is int position ? node.AsArray()[position] : node.AsObject()[(string)key])
                ?? throw new ArgumentException($"There is nothing at '{path}' in the scenario: {Known(node, steps, s)}", nameof(path));
        }
    }

    private static object Key(JsonNode node, string[] steps, int at, string path)
    {
        string step = steps[at];
        if (node is JsonObject)
        {
            return step;
        }

        if (node is JsonArray list)
        {
            int position = step.StartsWith('[') && step.EndsWith(']')
                && int.TryParse(step.AsSpan(1, step.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                ? index
                : Array.IndexOf(Names(list), step);
            if (position >= 0 && position < list.Count)
            {
                return position;
            }
        }

        throw new ArgumentException($"There is nothing at '{path}' in the scenario: {Known(node, steps, at)}", nameof(path));
    }

    private static string[] Names(JsonArray list) =>
        [.. list.Select(e => e is JsonObject entry && entry["name"] is JsonValue value && value.TryGetValue(out string? name) ? name : "")];

    // What is there where a path ends too early, for the message.
    private static string Known(JsonNode node, string[] steps, int at)
    {
        string where = at == 0 ? "the scenario" : $"'{string.Join('.', steps.Take(at)).Replace(".[", "[", StringComparison.Ordinal)}'";
        string[] names = node switch
        {
            JsonObject entries => [.. entries.Select(e => e.Key)],
            JsonArray list => [.. Names(list).Select((name, i) => name.Length > 0 ? name : FormattableString.Invariant($"[{i}]"))],
            _ => [],
        };
        string hint = Texts.Nearest(steps[at], names);
        return names.Length == 0
            ? $"{where} is a value."
            : $"{where} has {string.Join(", ", names)}.{hint}";
    }
}
