using System.Text.Json;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Scenarios.Json;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Reads specifications of analyses of tables from JSON.</summary>
public static class AnalysisJson
{
    /// <summary>Reads a specification, strictly: an unknown property, a wrong value or a missing one is an error.</summary>
    /// <param name="json">One JSON object; its property <c>method</c> says which analysis it is.</param>
    /// <returns>The analysis.</returns>
    /// <exception cref="ScenarioFormatException">The text is no such object; the message names the place, the value and what is
    /// valid.</exception>
    public static ITableAnalysis Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        JsonObject parsed = ScenarioJson.Parse(json);
        using JsonDocument document = JsonDocument.Parse(parsed.ToJsonString());
        return (ITableAnalysis)TableShapes.Analysis.Read(document.RootElement, "$");
    }

    /// <summary>The JSON Schema of specifications.</summary>
    /// <returns>A schema of draft 2020-12, indented, ending with a line feed.</returns>
    public static string Schema()
    {
        var definitions = new SchemaDefinitions(isPatch: false);
        JsonObject schema = TableShapes.Analysis.Schema(definitions);
        schema.Insert(0, "$schema", ScenarioJson.SchemaDialect);
        schema.Insert(1, "title", "Tofersen.Simulation analysis of a table");
        schema["$defs"] = definitions.Definitions;
        return ScenarioJson.ToText(schema);
    }
}
