using System.Globalization;
using System.Text;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>A natural-history fit for people.</summary>
internal static class FitText
{
    internal static string Describe(NaturalHistoryReading reading, NaturalHistoryFit fit)
    {
        var text = new StringBuilder();
        AppendReading(text, reading);
        AppendStrata(text, fit);
        AppendDropout(text, reading, fit);
        ValueList<string> warnings = NaturalHistoryReport.Warnings(fit);
        if (warnings.Count > 0)
        {
            text.Append('\n').AppendJoin('\n', warnings).Append('\n');
        }

        if (NaturalHistoryReport.ScenarioPart(fit) is { } part)
        {
            text.Append("\nFor a scenario file (weights are numbers of participants; what was not fitted has its default):\n\n");
            text.Append(part).Append('\n');
        }

        return text.ToString();
    }

    private static void AppendReading(StringBuilder text, NaturalHistoryReading reading)
    {
        string unit = reading.Unit == TimeUnit.StudyDays ? "study days" : reading.Unit.ToString().ToLowerInvariant();
        text.Append($"{reading.Form}: participants in {reading.ParticipantColumn}, time in {reading.TimeColumn} ({unit}), ");
        text.Append($"ALSFRS-R total in {reading.ScoreColumn}, ");
        text.Append(reading.StratumColumn is { } stratum ? $"strata in {stratum}; " : "no strata; ");
        text.Append(reading.Arm is { } arm ? $"arm '{arm}' of {reading.ArmColumn}.\n" : "no arms: all rows taken as without treatment.\n");
        text.Append(FormattableString.Invariant(
            $"{reading.Data.Observations} scores of {reading.Data.Participants} participants, of {reading.Rows} rows"));
        AppendCount(text, reading.OtherParameterRows, "of other parameters");
        AppendCount(text, reading.OtherArmRows, "of other arms");
        AppendCount(text, reading.SkippedRows, "skipped for missing values");
        AppendCount(text, reading.LaterRows, "after the last month that counts");
        text.Append(".\n");
    }

    private static void AppendCount(StringBuilder text, int rows, string what) =>
        text.Append(rows > 0 ? FormattableString.Invariant($"; {rows} {what}") : "");

    private static void AppendStrata(StringBuilder text, NaturalHistoryFit fit)
    {
        text.Append(fit.Strata[0].Rates == RateModel.LogNormal
            ? "Score = baseline − rate · months + error; rates log-normal, maximum likelihood.\n"
            : "Score = baseline − rate · months + error; rates normal, restricted maximum likelihood.\n");
        foreach (StratumFit stratum in fit.Strata)
        {
            text.Append(FormattableString.Invariant(
                $"\nStratum '{stratum.Name}': {stratum.Participants} participants, {stratum.Observations} scores; {AnalyseText.Explain(stratum.Status)}\n\n"));
            var table = new TextTable("parameter", "estimate", "SE");
            Row(table, "baseline mean (points)", stratum.BaselineMean);
            Row(table, "baseline SD (points)", stratum.BaselineSd);
            Row(table, "rate mean (points/month)", stratum.RateMean);
            Row(table, "rate SD (points/month)", stratum.RateSd);
            Row(table, stratum.Rates == RateModel.LogNormal ? "log rate mean" : "log rate mean, same moments", stratum.LogRateMean);
            Row(table, stratum.Rates == RateModel.LogNormal ? "log rate SD" : "log rate SD, same moments", stratum.LogRateSd);
            Row(table, stratum.Rates == RateModel.LogNormal ? "correlation of baseline and log rate" : "correlation of baseline and rate", stratum.Correlation);
            Row(table, "residual SD (points)", stratum.ResidualSd);
            text.Append(table);
        }
    }

    private static void AppendDropout(StringBuilder text, NaturalHistoryReading reading, NaturalHistoryFit fit)
    {
        text.Append($"\nDropout of all strata together, from {reading.FollowUpNote ?? "last scores"}\n\n");
        var table = new TextTable("end of follow-up", "participants", "weeks followed", "hazard per week", "SE");
        foreach (DropoutFit dropout in fit.Dropout)
        {
            table.Row(
                NameOf(dropout),
                dropout.Events.ToString(CultureInfo.InvariantCulture),
                TextTable.Number(dropout.ExposureWeeks, 0),
                TextTable.Number(dropout.PerWeek.Value, 5),
                TextTable.Number(dropout.PerWeek.StandardError, 5));
        }

        text.Append(fit.Dropout.Count > 0 ? table.ToString() : "Nobody left early.\n");
    }

    private static string NameOf(DropoutFit dropout) => dropout.Kind switch
    {
        Observations.EventKind.Death => "death",
        Observations.EventKind.PermanentVentilation => "permanent ventilation",
        Observations.EventKind.WithdrawalForProgression => "withdrawal for progression",
        _ => "other withdrawal",
    };

    private static void Row(TextTable table, string name, NaturalHistoryEstimate estimate) =>
        table.Row(name, TextTable.Number(estimate.Value, 4), TextTable.Number(estimate.StandardError, 4));
}
