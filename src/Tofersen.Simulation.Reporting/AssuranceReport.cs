using System.Text.Json;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting;

/// <summary>The results of an assurance as JSON and CSV.</summary>
public static class AssuranceReport
{
    /// <summary>An assurance as one JSON document, without anything that differs between two runs of the same seed, scenario and priors. What is
    /// not defined or infinite is null.</summary>
    /// <param name="result">The result.</param>
    /// <returns>Indented JSON, ending with a line feed.</returns>
    public static string ToJson(AssuranceResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonText.OfObject(json =>
        {
            json.WriteString("scenario", result.Scenario.Name);
            json.WriteNumber("seed", result.Seed);
            json.WriteNumber("replicates", result.Replicates);
            json.WriteStartArray("priors");
            foreach ((Prior prior, double median) in result.Prior.Priors.Zip(result.Medians))
            {
                json.WriteStartObject();
                json.WriteString("name", prior.Name);
                json.WriteString("distribution", prior.Distribution.ToString());
                json.WriteDefined("median", median);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("correlations");
            foreach (PriorCorrelation correlation in result.Prior.Correlations)
            {
                json.WriteStartObject();
                json.WriteString("first", correlation.First);
                json.WriteString("second", correlation.Second);
                json.WriteNumber("correlation", correlation.Correlation);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("analyses");
            foreach (AnalysisAssurance analysis in result.Analyses)
            {
                WriteAnalysis(json, analysis);
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Writes an assurance into a folder: assurance.csv with a row an analysis, priors.csv with a row an analysis and part of a prior, and
    /// scenario.json. A scenario with a model that is not the library's own has no form in JSON, and the last file is left out.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">An existing folder.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(AssuranceResult result, string folder)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        WriteAnalyses(result, Path.Combine(folder, "assurance.csv"));
        WriteParts(result, Path.Combine(folder, "priors.csv"));
        if (ScenarioJson.TryWrite(result.Scenario) is { } scenario)
        {
            File.WriteAllText(Path.Combine(folder, "scenario.json"), scenario);
        }
    }

    private static void WriteAnalysis(Utf8JsonWriter json, AnalysisAssurance a)
    {
        json.WriteStartObject();
        json.WriteString("name", a.Name);
        json.WriteNumber("alpha", a.Alpha);
        json.WriteNumber("assurance", a.Success.Value);
        json.WriteNumber("mcse", a.Success.MonteCarloError);
        json.WriteNumber("lower", a.Success.Lower);
        json.WriteNumber("upper", a.Success.Upper);
        json.WriteNumber("against", a.Against.Value);
        json.WriteNumber("againstMcse", a.Against.MonteCarloError);
        json.WriteNumber("atMedians", a.SuccessAtMedians.Value);
        json.WriteNumber("atMediansMcse", a.SuccessAtMedians.MonteCarloError);
        json.WriteNumber("planned", a.Success.Replicates);
        json.WriteNumber("analysed", a.Analysed);
        json.WriteNumber("failed", a.Failed);
        json.WriteNumber("nonConverged", a.NotConverged);
        json.WriteStartArray("priors");
        foreach (PriorContribution prior in a.Priors)
        {
            json.WriteStartObject();
            json.WriteString("name", prior.Prior);
            json.WriteDefined("varianceShare", prior.VarianceShare);
            json.WriteDefined("mean", prior.Drawn.Mean);
            json.WriteDefined("sd", prior.Drawn.StandardDeviation);
            json.WriteDefined("meanGivenSuccess", prior.GivenSuccess.Mean);
            json.WriteDefined("meanGivenSuccessMcse", prior.GivenSuccess.MonteCarloError);
            json.WriteDefined("sdGivenSuccess", prior.GivenSuccess.StandardDeviation);
            json.WriteStartArray("parts");
            foreach (PriorPart part in prior.Parts)
            {
                json.WriteStartObject();
                json.WriteDefined("lower", part.Lower);
                json.WriteDefined("upper", part.Upper);
                json.WriteNumber("mass", part.Mass);
                json.WriteDefined("success", part.Success);
                json.WriteDefined("mcse", part.MonteCarloError);
                json.WriteNumber("contribution", part.Contribution);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAnalyses(AssuranceResult result, string path)
    {
        using var table = new CsvTable(
            path, "analysis", "alpha", "assurance", "mcse", "lower", "upper", "against", "againstMcse", "atMedians", "atMediansMcse", "planned",
            "analysed", "failed", "nonConverged");
        foreach (AnalysisAssurance a in result.Analyses)
        {
            table.Text(a.Name).Number(a.Alpha).Number(a.Success.Value).Number(a.Success.MonteCarloError).Number(a.Success.Lower)
                .Number(a.Success.Upper).Number(a.Against.Value).Number(a.Against.MonteCarloError).Number(a.SuccessAtMedians.Value)
                .Number(a.SuccessAtMedians.MonteCarloError).Number((long)a.Success.Replicates).Number((long)a.Analysed).Number((long)a.Failed)
                .Number((long)a.NotConverged)
                .EndRow();
        }
    }

    private static void WriteParts(AssuranceResult result, string path)
    {
        using var table = new CsvTable(
            path, "analysis", "prior", "varianceShare", "mean", "meanGivenSuccess", "lower", "upper", "mass", "success", "successMcse", "contribution");
        foreach (AnalysisAssurance a in result.Analyses)
        {
            foreach ((PriorContribution prior, PriorPart part) in a.Priors.SelectMany(prior => prior.Parts.Select(part => (prior, part))))
            {
                table.Text(a.Name).Text(prior.Prior).Number(prior.VarianceShare).Number(prior.Drawn.Mean).Number(prior.GivenSuccess.Mean)
                    .Number(part.Lower).Number(part.Upper).Number(part.Mass).Number(part.Success).Number(part.MonteCarloError)
                    .Number(part.Contribution)
                    .EndRow();
            }
        }
    }
}
