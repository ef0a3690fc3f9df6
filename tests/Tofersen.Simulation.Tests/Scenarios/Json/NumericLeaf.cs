using System.Globalization;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>A number in a scenario file, with the range that the schema gives it.</summary>
/// <param name="Key">Name of the schema's definition and of the property, such as <c>stratum.weight</c>.</param>
/// <param name="Scenario">A scenario that has it.</param>
/// <param name="Path">Where the scenario has it.</param>
/// <param name="Schema">Its schema.</param>
internal sealed record NumericLeaf(string Key, Scenario Scenario, string Path, JsonObject Schema)
{
    /// <summary>Every number that the schema knows, once, found in the scenarios of the tests.</summary>
    internal static IReadOnlyList<NumericLeaf> All { get; } = Find();

    internal bool IsInteger => Schema["type"]!.GetValue<string>() == "integer";

    internal bool ExcludesMinimum => Schema.ContainsKey("exclusiveMinimum");

    internal double Minimum => Number(ExcludesMinimum ? "exclusiveMinimum" : "minimum");

    internal double Maximum => Number("maximum");

    /// <summary>The range as messages write it.</summary>
    internal string Range => FormattableString.Invariant($"{(ExcludesMinimum ? "(" : "[")}{Minimum}, {Maximum}]");

    /// <summary>The first values beyond the range.</summary>
    internal double[] Outside => IsInteger
        ? [Minimum - 1, Maximum + 1]
        : [ExcludesMinimum ? Minimum : Math.BitDecrement(Minimum), Math.BitIncrement(Maximum)];

    /// <summary>The last values within the range.</summary>
    internal double[] Inside => [ExcludesMinimum ? Math.BitIncrement(Minimum) : Minimum, Maximum];

    internal static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public override string ToString() => Key;

    private static NumericLeaf[] Find()
    {
        JsonObject definitions = JsonNode.Parse(ScenarioJson.Schema())!["$defs"]!.AsObject();
        var leaves = new Dictionary<string, NumericLeaf>();
        foreach (Scenario scenario in ScenarioExamples.All)
        {
            JsonObject json = JsonNode.Parse(ScenarioJson.Write(scenario))!.AsObject();
            foreach (SchemaPlace place in SchemaPlace.Of(definitions, json))
            {
                if (place.Schema["type"]?.GetValue<string>() is "number" or "integer")
                {
                    // Of a list, the last entry: the first visit has a rule of its own.
                    leaves[place.Key] = new NumericLeaf(place.Key, scenario, place.Path, place.Schema);
                }
            }
        }

        return [.. leaves.Values.OrderBy(l => l.Key, StringComparer.Ordinal)];
    }

    private double Number(string keyword) => Schema[keyword]!.GetValue<double>();
}
