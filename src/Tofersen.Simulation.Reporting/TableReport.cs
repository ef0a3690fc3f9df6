using System.Text.Json;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting;

/// <summary>The answer of an analysis of a table as JSON.</summary>
public static class TableReport
{
    /// <summary>Writes an answer as one JSON document: what is not defined is null; infinite degrees of freedom are null, too.</summary>
    /// <param name="result">The answer.</param>
    /// <returns>The document, indented, ending with a line feed.</returns>
    public static string ToJson(TableResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonText.OfObject(json =>
        {
            json.WriteString("method", result.Method);
            json.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(result.Status.ToString()));
            json.WriteNumber("observations", result.Observations);
            json.WriteNumber("participants", result.Participants);
            json.WriteString("participantColumn", result.ParticipantColumn);
            json.WriteNumber("rows", result.Rows);
            json.WriteNumber("excludedRows", result.ExcludedRows);
            json.WriteNumber("incompleteRows", result.IncompleteRows);
            json.WriteString("confoundedTerm", result.ConfoundedTerm);
            WriteEstimates(json, "estimates", result.Estimates);
            WriteEstimates(json, "coefficients", result.Coefficients);
            WriteFit(json, result.Fit);
        });
    }

    private static void WriteEstimates(Utf8JsonWriter json, string name, ValueList<TableEstimate> estimates)
    {
        json.WriteStartArray(name);
        foreach (TableEstimate estimate in estimates)
        {
            json.WriteStartObject();
            json.WriteString("name", estimate.Name);
            json.WriteString("visit", estimate.Visit);
            json.WriteDefined("estimate", estimate.Estimate);
            json.WriteDefined("standardError", estimate.StandardError);
            json.WriteDefined("degreesOfFreedom", estimate.DegreesOfFreedom);
            json.WriteDefined("statistic", estimate.Statistic);
            json.WriteDefined("pValue", estimate.PValue);
            json.WriteDefined("lower", estimate.Lower);
            json.WriteDefined("upper", estimate.Upper);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFit(Utf8JsonWriter json, TableFit fit)
    {
        json.WriteStartObject("fit");
        json.WriteDefined("minusTwoLogLikelihood", fit.MinusTwoLogLikelihood ?? double.NaN);
        if (fit.Covariance is { } covariance)
        {
            json.WriteStartArray("covariance");
            foreach (ValueList<double> row in covariance)
            {
                json.WriteStartArray();
                foreach (double value in row)
                {
                    if (double.IsFinite(value))
                    {
                        json.WriteNumberValue(value);
                    }
                    else
                    {
                        json.WriteNullValue();
                    }
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("covariance");
        }

        json.WriteDefined("residualVariance", fit.ResidualVariance ?? double.NaN);
        if (fit.CovarianceNames is { } names)
        {
            json.WriteStartArray("covarianceNames");
            foreach (string name in names)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        if (fit.CovarianceStructure is { } structure)
        {
            json.WriteString("covarianceStructure", JsonNamingPolicy.CamelCase.ConvertName(structure.ToString()));
        }

        if (fit.Iterations is { } iterations)
        {
            json.WriteNumber("iterations", iterations);
            json.WriteDefined("gradientNorm", fit.GradientNorm ?? double.NaN);
        }

        json.WriteEndObject();
    }
}
