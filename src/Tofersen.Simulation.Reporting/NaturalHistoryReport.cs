using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Reporting;

/// <summary>A natural-history fit as JSON, as part of a scenario, and what to be careful about.</summary>
public static class NaturalHistoryReport
{
    private const double ManyAtTheEnds = 0.05;

    private static readonly string[] FittedProperties =
        ["name", "weight", "baselineScoreMean", "baselineScoreSd", "declineRate", "residualSd", "correlations"];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the fit as one JSON document; what is not defined is null.</summary>
    /// <param name="reading">Where the data come from.</param>
    /// <param name="fit">The fit.</param>
    /// <returns>The document, indented, ending with a line feed.</returns>
    public static string ToJson(NaturalHistoryReading reading, NaturalHistoryFit fit)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(fit);
        return JsonText.OfObject(json =>
        {
            WriteReading(json, reading);
            json.WriteString("rates", Name(fit.Strata[0].Rates));
            json.WriteStartArray("strata");
            foreach (StratumFit stratum in fit.Strata)
            {
                WriteStratum(json, stratum);
            }

            json.WriteEndArray();
            WriteDropout(json, fit);
            json.WriteStartArray("warnings");
            foreach (string warning in Warnings(fit))
            {
                json.WriteStringValue(warning);
            }

            json.WriteEndArray();
            json.WritePropertyName("scenario");
            if (MakeScenarioPart(fit) is { } part)
            {
                part.WriteTo(json);
            }
            else
            {
                json.WriteNullValue();
            }
        });
    }

    /// <summary>The fit as part of a scenario file: population, straight-line decline and what ends follow-up, with numbers of four
    /// digits. What was not fitted is left out and has its default.</summary>
    /// <param name="fit">The fit.</param>
    /// <returns>A JSON object, indented, without a line feed at its end; null where a stratum or hazard cannot be part of a scenario.</returns>
    public static string? ScenarioPart(NaturalHistoryFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return MakeScenarioPart(fit)?.ToJsonString(Indented);
    }

    /// <summary>What to be careful about.</summary>
    /// <param name="fit">The fit.</param>
    /// <returns>Sentences; empty where nothing stands out.</returns>
    public static ValueList<string> Warnings(NaturalHistoryFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var warnings = new List<string>();
        foreach (StratumFit stratum in fit.Strata)
        {
            AddWarnings(stratum, warnings);
        }

        warnings.AddRange(fit.Dropout.Where(d => d.Problem is not null).Select(d => $"Dropout: {d.Problem}."));
        if (fit.DropoutBasis == DropoutBasis.LastVisit)
        {
            warnings.Add(FormattableString.Invariant(
                $"Dropout is judged by the last score of each participant against a last visit at month {fit.PlannedLastMonth:0.##}; where participants were to be followed for different times it is overestimated."));
        }

        if (fit.Dropout.Any(d => d.Kind != EventKind.OtherWithdrawal && d.Events > 0))
        {
            warnings.Add("Hazards of death and progression are fitted as constant; they usually rise with the rate of decline.");
        }

        return [.. warnings];
    }

    private static void AddWarnings(StratumFit stratum, List<string> warnings)
    {
        string name = $"Stratum '{stratum.Name}'";
        if (stratum.AtFloor + stratum.AtCeiling > 0)
        {
            string weight = stratum.AtFloor + stratum.AtCeiling > ManyAtTheEnds * stratum.Observations
                ? "; that is more than 5 % of all, and biases rates towards zero"
                : "";
            warnings.Add(FormattableString.Invariant(
                $"{name}: {stratum.AtFloor} scores of 0 and {stratum.AtCeiling} of 48, where the scale ends{weight}."));
        }

        if (stratum.Status == AnalysisStatus.Boundary)
        {
            warnings.Add($"{name}: the fit lies on the boundary (no spread, or baseline and rate perfectly correlated); some standard errors do not exist.");
        }

        if (stratum.Status == AnalysisStatus.NotEstimable && stratum.Rates == RateModel.LogNormal)
        {
            warnings.Add($"{name}: scores do not fall on average, or do not vary enough; log-normal rates cannot be fitted, normal ones may be.");
        }

        if (stratum.Problem is { } problem)
        {
            warnings.Add($"{name}: {problem}.");
        }
        else if (Math.Abs(stratum.Correlation.Value) > 0.99)
        {
            warnings.Add($"{name}: the correlation is cut off at 0.99 for the scenario.");
        }
    }

    private static JsonObject? MakeScenarioPart(NaturalHistoryFit fit)
    {
        if (fit.Strata.Any(s => s.Problem is not null) || fit.Dropout.Any(d => d.Problem is not null))
        {
            return null;
        }

        // The form is that of scenario files; the design only completes the scenario.
        var scenario = new Scenario
        {
            Name = "fit",
            Population = new PopulationModel { Strata = [.. fit.ToPopulation().Strata.Select(Round)] },
            Trajectory = new LinearDecline(),
            Design = new ParallelGroup { Participants = 2, VisitWeeks = [0, 1] },
            Observation = new ObservationModel
            {
                Events = [.. fit.ToObservation().Events.Select(e => e with { PerWeek = Round(e.PerWeek) })],
            },
        };
        JsonObject whole = JsonNode.Parse(ScenarioJson.Write(scenario))!.AsObject();
        JsonObject population = whole["population"]!.DeepClone().AsObject();
        population.Remove("composition");
        foreach (JsonNode? stratum in population["strata"]!.AsArray())
        {
            foreach (string property in stratum!.AsObject().Select(p => p.Key).Except(FittedProperties).ToArray())
            {
                stratum.AsObject().Remove(property);
            }
        }

        return new JsonObject
        {
            ["population"] = population,
            ["trajectory"] = whole["trajectory"]!.DeepClone(),
            ["observation"] = new JsonObject { ["events"] = whole["observation"]!["events"]!.DeepClone() },
        };
    }

    private static Stratum Round(Stratum stratum) => stratum with
    {
        BaselineScoreMean = Round(stratum.BaselineScoreMean),
        BaselineScoreSd = Round(stratum.BaselineScoreSd),
        DeclineRate = Round(stratum.DeclineRate),
        ResidualSd = Round(stratum.ResidualSd),
        Correlations = [.. stratum.Correlations.Select(c => c with { Value = Round(c.Value) })],
    };

    // The fitter gives one of these two.
    private static RateDistribution Round(RateDistribution rate) => rate switch
    {
        LogNormalRate logNormal => logNormal with { Mean = Round(logNormal.Mean), Sd = Round(logNormal.Sd) },
        NormalRate normal => normal with { Mean = Round(normal.Mean), Sd = Round(normal.Sd) },
        _ => rate,
    };

    private static double Round(double value) =>
        double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static void WriteReading(Utf8JsonWriter json, NaturalHistoryReading reading)
    {
        json.WriteStartObject("data");
        json.WriteString("form", reading.Form);
        json.WriteString("participantColumn", reading.ParticipantColumn);
        json.WriteString("timeColumn", reading.TimeColumn);
        json.WriteString("timeUnit", Name(reading.Unit));
        json.WriteString("scoreColumn", reading.ScoreColumn);
        json.WriteString("stratumColumn", reading.StratumColumn);
        json.WriteString("armColumn", reading.ArmColumn);
        json.WriteString("arm", reading.Arm);
        json.WriteNumber("rows", reading.Rows);
        json.WriteNumber("otherParameterRows", reading.OtherParameterRows);
        json.WriteNumber("otherArmRows", reading.OtherArmRows);
        json.WriteNumber("skippedRows", reading.SkippedRows);
        json.WriteNumber("laterRows", reading.LaterRows);
        json.WriteNumber("participants", reading.Data.Participants);
        json.WriteNumber("observations", reading.Data.Observations);
        json.WriteString("followUp", reading.FollowUpNote);
        json.WriteEndObject();
    }

    private static void WriteStratum(Utf8JsonWriter json, StratumFit stratum)
    {
        json.WriteStartObject();
        json.WriteString("name", stratum.Name);
        json.WriteString("status", Name(stratum.Status));
        json.WriteNumber("participants", stratum.Participants);
        json.WriteNumber("participantsWithSlope", stratum.ParticipantsWithSlope);
        json.WriteNumber("observations", stratum.Observations);
        json.WriteNumber("atFloor", stratum.AtFloor);
        json.WriteNumber("atCeiling", stratum.AtCeiling);
        WriteEstimate(json, "baselineMean", stratum.BaselineMean);
        WriteEstimate(json, "baselineSd", stratum.BaselineSd);
        WriteEstimate(json, "rateMean", stratum.RateMean);
        WriteEstimate(json, "rateSd", stratum.RateSd);
        WriteEstimate(json, "logRateMean", stratum.LogRateMean);
        WriteEstimate(json, "logRateSd", stratum.LogRateSd);
        WriteEstimate(json, "correlation", stratum.Correlation);
        WriteEstimate(json, "residualSd", stratum.ResidualSd);
        json.WriteDefined("minusTwoLogLikelihood", stratum.MinusTwoLogLikelihood);
        json.WriteEndObject();
    }

    private static void WriteDropout(Utf8JsonWriter json, NaturalHistoryFit fit)
    {
        json.WriteStartObject("dropout");
        json.WriteString("basis", Name(fit.DropoutBasis));
        json.WriteDefined("plannedLastMonth", fit.PlannedLastMonth);
        json.WriteStartArray("hazards");
        foreach (DropoutFit dropout in fit.Dropout)
        {
            json.WriteStartObject();
            json.WriteString("kind", Name(dropout.Kind));
            json.WriteNumber("events", dropout.Events);
            json.WriteDefined("exposureWeeks", dropout.ExposureWeeks);
            WriteEstimate(json, "perWeek", dropout.PerWeek);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEstimate(Utf8JsonWriter json, string name, NaturalHistoryEstimate estimate)
    {
        json.WriteStartObject(name);
        json.WriteDefined("estimate", estimate.Value);
        json.WriteDefined("standardError", estimate.StandardError);
        json.WriteEndObject();
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
