using System.Globalization;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>What becomes of the trial at its looks.</summary>
internal static class SequentialSection
{
    internal static ReportSection Make(Scenario scenario, SequentialResult result) =>
        new("looks", "Interim looks", html => Write(html, scenario, result));

    private static void Write(HtmlWriter html, Scenario scenario, SequentialResult result)
    {
        html.Element("p", "Tests at looks are one-sided, in favour of treatment. Trials that stop early for efficacy are those whose estimates happen to be large, so that their estimates exaggerate.");
        html.NewLine();
        Boundaries(scenario.Sequential!, result).Write(html);
        Stopping(result).Write(html);
        Estimates(result).Write(html);
        Whole(result).Write(html);
        if (result.Reestimation is { } reestimation)
        {
            Review(reestimation).Write(html);
        }
    }

    private static HtmlTable Boundaries(SequentialPlan plan, SequentialResult result)
    {
        var table = new HtmlTable(
            "look-boundaries", "Planned looks and their boundaries", HtmlColumn.Text("look"), HtmlColumn.Text("when"), HtmlColumn.Text("analysis"),
            HtmlColumn.Number("planned information"), HtmlColumn.Number("efficacy z"), HtmlColumn.Number("futility z"));
        for (int k = 0; k < result.Looks.Count; k++)
        {
            SequentialLookResult look = result.Looks[k];
            table.Row(
                Name(result, k),
                k < plan.Looks.Count ? When(plan.Looks[k].Timing, look.PlannedInformation) : "end of the trial",
                look.Analysis,
                TextTable.Number(look.PlannedInformation, 3),
                TextTable.Number(look.PlannedEfficacyZ, 3),
                TextTable.Number(look.PlannedFutilityZ, 3));
        }

        return table;
    }

    private static HtmlTable Stopping(SequentialResult result)
    {
        var table = new HtmlTable(
            "look-stopping", "What happens at each look, as a share of all trials; at the end efficacy is rejection there",
            HtmlColumn.Text("look"), HtmlColumn.Number("mean week"), HtmlColumn.Number("information"), HtmlColumn.Number("efficacy ± MCSE"),
            HtmlColumn.Number("futility ± MCSE"), HtmlColumn.Number("futility ignored ± MCSE"), HtmlColumn.Number("not held"), HtmlColumn.Number("failed"));
        for (int k = 0; k < result.Looks.Count; k++)
        {
            SequentialLookResult look = result.Looks[k];
            table.Row(
                Name(result, k),
                TextTable.Number(look.Weeks.Mean, 1),
                TextTable.Number(look.Information.Count > 0 ? look.Information.Mean : look.PlannedInformation, 3),
                Value(look.Efficacy, 4),
                Value(look.Futility, 4),
                Value(look.FutilityIgnored, 4),
                Count(look.NotHeld),
                Count(look.Failed));
        }

        return table;
    }

    private static HtmlTable Estimates(SequentialResult result)
    {
        var table = new HtmlTable(
            "look-estimates", "Estimates of the trials that ended at each look",
            HtmlColumn.Text("look"), HtmlColumn.Number("trials"), HtmlColumn.Number("mean estimate ± MCSE"), HtmlColumn.Number("where efficacy ± MCSE"),
            HtmlColumn.Number("true value"), HtmlColumn.Number("bias"));
        for (int k = 0; k < result.Looks.Count; k++)
        {
            SequentialLookResult look = result.Looks[k];
            table.Row(
                Name(result, k), Count(look.Estimates.Count), Mean(look.Estimates, 3), Mean(look.EfficacyEstimates, 3),
                TextTable.Number(look.TrueValue, 3), TextTable.Number(look.Bias, 3));
        }

        return table;
    }

    private static HtmlTable Whole(SequentialResult result) => new HtmlTable(
        "looks-whole", "The whole trial", HtmlColumn.Text("quantity"), HtmlColumn.Number("value ± MCSE"))
        .Row("rejects in favour of treatment", Value(result.Rejection, 4))
        .Row("stops before its end", Value(result.EarlyStopping, 4))
        .Row(FormattableString.Invariant($"participants enrolled, of at most {result.MaximumParticipants}"), Mean(result.Participants, 1))
        .Row(FormattableString.Invariant($"participants who came to week {result.ReachedWeek}"), Mean(result.Reached, 1))
        .Row("weeks from the first day of enrolment", Mean(result.DurationWeeks, 1))
        .Row("mean estimate when the trial ends", Mean(result.Estimates, 3))
        .Row("its bias", Value(result.Bias, 3));

    private static HtmlTable Review(ReestimationResult result) => new HtmlTable(
        "reestimation", "Number of participants set by the blinded standard deviation", HtmlColumn.Text("quantity"), HtmlColumn.Number("value ± MCSE"))
        .Row("mean", Mean(result.Participants, 1))
        .Row("standard deviation", TextTable.Number(result.Participants.StandardDeviation, 1))
        .Row("share at the minimum", Value(result.ShareAtMinimum, 3))
        .Row("share at the maximum", Value(result.ShareAtMaximum, 3))
        .Row("share in which more had entered", Value(result.ShareOvertaken, 3))
        .Row("pooled standard deviation of the scores", Mean(result.PooledSd, 3))
        .Row("trials that had stopped before", Count(result.NotHeld))
        .Row("trials without a standard deviation", Count(result.Failed));

    private static string When(LookTiming timing, double information) => timing switch
    {
        CalendarTiming calendar => string.Create(CultureInfo.InvariantCulture, $"{calendar.Weeks} weeks after enrolment opens"),
        FirstPeriodTiming => "when the last participant has come to the end of the placebo-controlled period",
        InformationTiming => string.Create(CultureInfo.InvariantCulture, $"when the information has come to {information}"),
        _ => timing.GetType().Name,
    };

    private static string Name(SequentialResult result, int look) =>
        look == result.Looks.Count - 1 ? "end" : FormattableString.Invariant($"{look + 1}");

    private static string Value(MonteCarloValue value, int decimals) => TextTable.WithError(value.Value, value.MonteCarloError, decimals);

    private static string Mean(SampleSummary summary, int decimals) => TextTable.WithError(summary.Mean, summary.MonteCarloError, decimals);

    private static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
