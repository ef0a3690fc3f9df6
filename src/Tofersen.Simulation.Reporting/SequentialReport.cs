using System.Text.Json;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Reporting;

/// <summary>What becomes of a trial at its looks, as JSON and CSV.</summary>
internal static class SequentialReport
{
    /// <summary>Writes the property <c>sequential</c>.</summary>
    internal static void WriteJson(Utf8JsonWriter json, SequentialResult result)
    {
        json.WriteStartObject("sequential");
        Write(json, "rejection", result.Rejection);
        Write(json, "earlyStopping", result.EarlyStopping);
        json.WriteNumber("maximumParticipants", result.MaximumParticipants);
        Write(json, "participants", result.Participants);
        Write(json, "durationWeeks", result.DurationWeeks);
        json.WriteNumber("reachedWeek", result.ReachedWeek);
        Write(json, "reached", result.Reached);
        json.WriteDefined("meanEstimate", result.Estimates.Mean);
        json.WriteDefined("bias", result.Bias.Value);
        json.WriteDefined("biasMcse", result.Bias.MonteCarloError);
        json.WriteStartArray("looks");
        foreach (SequentialLookResult look in result.Looks)
        {
            WriteLook(json, look);
        }

        json.WriteEndArray();
        if (result.Reestimation is { } reestimation)
        {
            WriteReestimation(json, reestimation);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes sequential.csv: a row for each look, and one of the whole trial.</summary>
    internal static void WriteCsv(SequentialResult result, string path)
    {
        using var table = new CsvTable(
            path, "look", "analysis", "plannedInformation", "plannedEfficacyZ", "plannedFutilityZ", "held", "notHeld", "failed", "efficacy",
            "efficacyMcse", "futility", "futilityMcse", "futilityIgnored", "futilityIgnoredMcse", "meanWeek", "meanInformation", "ended",
            "meanEstimate", "meanEstimateMcse", "meanEstimateIfEfficacy", "trueValue", "bias", "participants", "participantsMcse", "durationWeeks", "durationWeeksMcse",
            "reached", "reachedMcse");
        for (int k = 0; k < result.Looks.Count; k++)
        {
            SequentialLookResult look = result.Looks[k];
            table.Number(k + 1L).Text(look.Analysis).Number(look.PlannedInformation).Number(look.PlannedEfficacyZ)
                .Number(look.PlannedFutilityZ).Number((long)look.Held).Number((long)look.NotHeld).Number((long)look.Failed);
            WriteValue(table, look.Efficacy);
            WriteValue(table, look.Futility);
            WriteValue(table, look.FutilityIgnored);
            table.Number(look.Weeks.Mean).Number(look.Information.Mean).Number(look.Estimates.Count).Number(look.Estimates.Mean)
                .Number(look.Estimates.MonteCarloError).Number(look.EfficacyEstimates.Mean).Number(look.TrueValue).Number(look.Bias);
            WriteEmpty(table, 6);
            table.EndRow();
        }

        table.Text("all").Text("");
        WriteEmpty(table, 3);
        table.Number((long)result.Replicates).Number(result.Looks.Sum(l => (long)l.NotHeld)).Number(result.Looks.Sum(l => (long)l.Failed));
        WriteValue(table, result.Rejection);
        WriteEmpty(table, 6);
        table.Number(result.Estimates.Count).Number(result.Estimates.Mean).Number(result.Estimates.MonteCarloError)
            .Number(double.NaN).Number(double.NaN).Number(result.Bias.Value);
        WriteMean(table, result.Participants);
        WriteMean(table, result.DurationWeeks);
        WriteMean(table, result.Reached);
        table.EndRow();
    }

    private static void WriteLook(Utf8JsonWriter json, SequentialLookResult look)
    {
        json.WriteStartObject();
        json.WriteString("analysis", look.Analysis);
        json.WriteNumber("plannedInformation", look.PlannedInformation);
        json.WriteDefined("plannedEfficacyZ", look.PlannedEfficacyZ);
        json.WriteDefined("plannedFutilityZ", look.PlannedFutilityZ);
        json.WriteNumber("held", look.Held);
        json.WriteNumber("notHeld", look.NotHeld);
        json.WriteNumber("failed", look.Failed);
        Write(json, "efficacy", look.Efficacy);
        Write(json, "futility", look.Futility);
        Write(json, "futilityIgnored", look.FutilityIgnored);
        json.WriteDefined("meanWeek", look.Weeks.Mean);
        json.WriteDefined("meanInformation", look.Information.Mean);
        json.WriteNumber("ended", look.Estimates.Count);
        json.WriteDefined("meanEstimate", look.Estimates.Mean);
        json.WriteDefined("meanEstimateIfEfficacy", look.EfficacyEstimates.Mean);
        json.WriteDefined("trueValue", look.TrueValue);
        json.WriteDefined("bias", look.Bias);
        json.WriteEndObject();
    }

    private static void WriteReestimation(Utf8JsonWriter json, ReestimationResult result)
    {
        json.WriteStartObject("reestimation");
        json.WriteNumber("held", result.Held);
        json.WriteNumber("failed", result.Failed);
        json.WriteNumber("notHeld", result.NotHeld);
        Write(json, "participants", result.Participants);
        Write(json, "pooledSd", result.PooledSd);
        Write(json, "shareAtMinimum", result.ShareAtMinimum);
        Write(json, "shareAtMaximum", result.ShareAtMaximum);
        Write(json, "shareOvertaken", result.ShareOvertaken);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, MonteCarloValue value)
    {
        json.WriteDefined(name, value.Value);
        json.WriteDefined(name + "Mcse", value.MonteCarloError);
    }

    private static void Write(Utf8JsonWriter json, string name, SampleSummary summary)
    {
        json.WriteDefined(name, summary.Mean);
        json.WriteDefined(name + "Mcse", summary.MonteCarloError);
        json.WriteDefined(name + "Sd", summary.StandardDeviation);
    }

    private static void WriteValue(CsvTable table, MonteCarloValue value) => table.Number(value.Value).Number(value.MonteCarloError);

    private static void WriteMean(CsvTable table, SampleSummary summary) => table.Number(summary.Mean).Number(summary.MonteCarloError);

    private static void WriteEmpty(CsvTable table, int cells)
    {
        for (int i = 0; i < cells; i++)
        {
            table.Number(double.NaN);
        }
    }
}
