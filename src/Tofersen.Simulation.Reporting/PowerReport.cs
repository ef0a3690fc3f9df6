using System.Text.Json;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting;

/// <summary>The results of a Monte Carlo study as JSON and CSV.</summary>
public static class PowerReport
{
    /// <summary>The operating characteristics as one JSON document, without anything that differs between two runs of the same seed
    /// and scenario. What is not defined, such as the bias of a rank, is null.</summary>
    /// <param name="result">The result.</param>
    /// <returns>Indented JSON, ending with a line feed.</returns>
    public static string ToJson(PowerResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return JsonText.OfObject(json =>
        {
            json.WriteString("scenario", result.Scenario.Name);
            json.WriteNumber("seed", result.Seed);
            json.WriteNumber("replicates", result.Replicates);
            json.WriteStartArray("analyses");
            foreach (OperatingCharacteristics a in result.Analyses)
            {
                json.WriteStartObject();
                WriteProperties(json, a, result.Scenario);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (result.Sequential is { } sequential)
            {
                SequentialReport.WriteJson(json, sequential);
            }

            json.WriteString("version", StudyPlan.Version);
        });
    }

    /// <summary>Writes operating characteristics, courses and the scenario into a folder: power.csv, courses.csv, events.csv,
    /// scenario.json, result.study, which the result is read back from (<see cref="ResultFile"/>), and sequential.csv where the scenario has interim looks. A scenario with a model
    /// that is not the library's own has no form in JSON, and scenario.json and result.study are left out.</summary>
    /// <param name="result">The result.</param>
    /// <param name="folder">An existing folder.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(PowerResult result, string folder)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        WritePower(result, Path.Combine(folder, "power.csv"));
        if (result.Sequential is { } sequential)
        {
            SequentialReport.WriteCsv(sequential, Path.Combine(folder, "sequential.csv"));
        }

        if (result.Courses is { } courses)
        {
            WriteCourses(courses, Path.Combine(folder, "courses.csv"));
            WriteEvents(courses, Path.Combine(folder, "events.csv"));
        }

        if (ScenarioJson.TryWrite(result.Scenario) is { } scenario)
        {
            File.WriteAllText(Path.Combine(folder, "scenario.json"), scenario);
            ResultFile.TryWrite(result, Path.Combine(folder, ResultFile.FileName));
        }
    }

    internal static void WriteProperties(Utf8JsonWriter json, OperatingCharacteristics a, Scenario scenario)
    {
        json.WriteString("name", a.Name);
        json.WriteDefined("power", a.Power);
        json.WriteDefined("mcse", a.MonteCarloError);
        json.WriteDefined("lower", a.Lower);
        json.WriteDefined("upper", a.Upper);
        json.WriteDefined("meanEstimate", a.MeanEstimate);
        json.WriteDefined("trueValue", a.TrueValue.Value);
        json.WriteDefined("bias", a.Bias);
        json.WriteDefined("empiricalSe", a.EmpiricalStandardError);
        json.WriteDefined("modelSe", a.ModelStandardError);
        json.WriteDefined("coverage", a.Coverage);
        json.WriteNumber("planned", a.Planned);
        json.WriteNumber("analysed", a.Analysed);
        json.WriteNumber("failed", a.Failed);
        json.WriteNumber("nonConverged", a.NotConverged);
        json.WriteNumber("alpha", a.Alpha);
        json.WriteString("unit", EstimateUnits.Of(scenario, a.Name));
    }

    private static void WritePower(PowerResult result, string path)
    {
        using var table = new CsvTable(
            path, "analysis", "alpha", "power", "mcse", "lower", "upper", "powerIfFailuresRejected", "meanEstimate",
            "meanEstimateMcse", "trueValue", "trueValueMcse", "bias", "empiricalSe", "modelSe", "rmse", "coverage", "planned",
            "analysed", "failed", "nonConverged", "boundary", "unit");
        foreach (OperatingCharacteristics a in result.Analyses)
        {
            table.Text(a.Name).Number(a.Alpha).Number(a.Power).Number(a.MonteCarloError).Number(a.Lower).Number(a.Upper)
                .Number(a.PowerIfFailuresRejected).Number(a.MeanEstimate).Number(a.MeanEstimateMonteCarloError)
                .Number(a.TrueValue.Value).Number(a.TrueValue.MonteCarloError).Number(a.Bias)
                .Number(a.EmpiricalStandardError).Number(a.ModelStandardError).Number(a.RootMeanSquaredError)
                .Number(a.Coverage).Number((long)a.Planned).Number((long)a.Analysed).Number((long)a.Failed)
                .Number((long)a.NotConverged).Number((long)a.Boundary).Text(EstimateUnits.Of(result.Scenario, a.Name))
                .EndRow();
        }
    }

    private static void WriteCourses(CourseSummary courses, string path)
    {
        using var table = new CsvTable(
            path, "arm", "stratum", "endpoint", "week", "participants", "latentChange", "latentChangeMcse", "completeChangeSd", "observed",
            "observedChange", "observedChangeSd", "observedChangeMcse");
        foreach ((int arm, string? stratum) in Groups(courses))
        {
            foreach ((string? endpoint, double week) in Outcomes(courses))
            {
                SampleSummary latent = courses.LatentChange(arm, week, stratum, endpoint);
                SampleSummary observed = courses.ObservedChange(arm, week, stratum, endpoint);
                table.Text(courses.Layout.ArmNames[arm]).Text(stratum ?? "all").Text(endpoint ?? "alsfrsr").Number(week)
                    .Number(latent.Count).Number(latent.Mean).Number(latent.MonteCarloError)
                    .Number(courses.CompleteChange(arm, week, stratum, endpoint).StandardDeviation)
                    .Number(observed.Count).Number(observed.Mean).Number(observed.StandardDeviation)
                    .Number(observed.MonteCarloError)
                    .EndRow();
            }
        }
    }

    private static void WriteEvents(CourseSummary courses, string path)
    {
        ValueList<EventKind> survival = [EventKind.Death, EventKind.PermanentVentilation];
        ValueList<EventKind> composite = [.. survival, EventKind.WithdrawalForProgression];
        ValueList<EventKind> ends = [.. composite, EventKind.OtherWithdrawal, EventKind.ExtensionNotEntered];
        using var table = new CsvTable(
            path, "arm", "stratum", "week", "freeOfDeathOrVentilation", "freeOfDeathOrVentilationMcse", "freeOfComposite",
            "freeOfCompositeMcse", "inFollowUp", "inFollowUpMcse", "phenoconverted", "phenoconvertedMcse");
        int last = (int)Math.Floor(courses.Layout.VisitWeeks[^1] + 1e-9);
        foreach ((int arm, string? stratum) in Groups(courses))
        {
            for (int week = 0; week <= last; week++)
            {
                MonteCarloValue alive = courses.EventFree(arm, week, survival, stratum);
                MonteCarloValue free = courses.EventFree(arm, week, composite, stratum);
                MonteCarloValue ended = courses.ShareEnded(arm, week, ends, stratum);
                MonteCarloValue converted = courses.Layout.HasPhenoconversion
                    ? courses.SharePhenoconverted(arm, week, stratum)
                    : new MonteCarloValue(double.NaN, double.NaN);
                table.Text(courses.Layout.ArmNames[arm]).Text(stratum ?? "all").Number((long)week)
                    .Number(alive.Value).Number(alive.MonteCarloError).Number(free.Value).Number(free.MonteCarloError)
                    .Number(1 - ended.Value).Number(ended.MonteCarloError)
                    .Number(converted.Value).Number(converted.MonteCarloError)
                    .EndRow();
            }
        }
    }

    // The ALSFRS-R total, which has no name among the endpoints, and then those.
    private static IEnumerable<(string? Endpoint, double Week)> Outcomes(CourseSummary courses) =>
        from endpoint in (string?[])[null, .. courses.Layout.Endpoints.Select(e => e.Name)]
        from week in courses.Layout.VisitWeeks
        select (endpoint, week);

    private static IEnumerable<(int Arm, string? Stratum)> Groups(CourseSummary courses)
    {
        for (int arm = 0; arm < courses.Layout.ArmNames.Count; arm++)
        {
            yield return (arm, null);
            foreach (string stratum in courses.Layout.StratumNames)
            {
                yield return (arm, stratum);
            }
        }
    }
}
