using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Changes one place of a JSON text, named by a path such as <c>$.population.strata[0].weight</c>.</summary>
internal static partial class JsonEdit
{
    /// <summary>The text with the value at a path replaced or added.</summary>
    internal static string Set(string json, string path, string value) => Change(json, path, (parent, step) =>
    {
        JsonNode? node = JsonNode.Parse(value);
        if (step is int index)
        {
            parent.AsArray()[index] = node;
        }
        else
        {
            parent.AsObject()[(string)step] = node;
        }
    });

    /// <summary>The text without the property at a path.</summary>
    internal static string Remove(string json, string path) =>
        Change(json, path, (parent, step) => Assert.That(parent.AsObject().Remove((string)step), $"{path} exists"));

    private static string Change(string json, string path, Action<JsonNode, object> change)
    {
        JsonNode root = JsonNode.Parse(json)!;
        JsonNode parent = root;
        object[] steps = [.. Steps().Matches(path).Select(Step)];
        foreach (object step in steps[..^1])
        {
            parent = (step is int index ? parent[index] : parent[(string)step])!;
        }

        change(parent, steps[^1]);
        return root.ToJsonString();
    }

    private static object Step(Match match) => match.Groups[2].Success
        ? int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)
        : match.Groups[1].Value;

    [GeneratedRegex(@"\.([^.\[]+)|\[(\d+)\]")]
    private static partial Regex Steps();
}
