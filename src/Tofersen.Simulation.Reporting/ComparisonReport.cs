using System.Text.Json;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Reporting;

/// <summary>Paired comparisons of power as JSON and CSV.</summary>
public static class ComparisonReport
{
    /// <summary>Comparisons as one JSON document, without anything that differs between two runs of the same seed and scenarios.</summary>
    /// <param name="seed">Seed of the runs.</param>
    /// <param name="comparisons">The comparisons.</param>
    /// <returns>Indented JSON, ending with a line feed.</returns>
    public static string ToJson(ulong seed, IEnumerable<ComparedPower> comparisons)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        return JsonText.OfObject(json =>
        {
            json.WriteNumber("seed", seed);
            json.WriteStartArray("comparisons");
            foreach (ComparedPower compared in comparisons)
            {
                PairedComparison c = compared.Comparison;
                json.WriteStartObject();
                WriteSide(json, "first", compared.FirstScenario, compared.First);
                WriteSide(json, "second", compared.SecondScenario, compared.Second);
                json.WriteNumber("difference", c.Difference);
                json.WriteNumber("mcse", c.MonteCarloError);
                json.WriteNumber("pValue", c.PValue);
                json.WriteNumber("replicates", c.Replicates);
                json.WriteNumber("both", c.Both);
                json.WriteNumber("firstOnly", c.FirstOnly);
                json.WriteNumber("secondOnly", c.SecondOnly);
                json.WriteNumber("neither", c.Neither);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Writes comparisons into a folder: compare.csv, a row a comparison.</summary>
    /// <param name="comparisons">The comparisons.</param>
    /// <param name="folder">An existing folder.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(IEnumerable<ComparedPower> comparisons, string folder)
    {
        ArgumentNullException.ThrowIfNull(comparisons);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        using var table = new CsvTable(
            Path.Combine(folder, "compare.csv"), "firstScenario", "firstAnalysis", "firstPower", "firstMcse", "secondScenario", "secondAnalysis",
            "secondPower", "secondMcse", "difference", "mcse", "pValue", "replicates", "both", "firstOnly", "secondOnly", "neither");
        foreach (ComparedPower compared in comparisons)
        {
            PairedComparison c = compared.Comparison;
            table.Text(compared.FirstScenario).Text(compared.First.Name).Number(compared.First.Power).Number(compared.First.MonteCarloError)
                .Text(compared.SecondScenario).Text(compared.Second.Name).Number(compared.Second.Power).Number(compared.Second.MonteCarloError)
                .Number(c.Difference).Number(c.MonteCarloError).Number(c.PValue).Number(c.Replicates).Number(c.Both).Number(c.FirstOnly)
                .Number(c.SecondOnly).Number(c.Neither)
                .EndRow();
        }
    }

    private static void WriteSide(Utf8JsonWriter json, string side, string scenario, OperatingCharacteristics analysis)
    {
        json.WriteStartObject(side);
        json.WriteString("scenario", scenario);
        json.WriteString("analysis", analysis.Name);
        json.WriteNumber("power", analysis.Power);
        json.WriteNumber("mcse", analysis.MonteCarloError);
        json.WriteEndObject();
    }
}
