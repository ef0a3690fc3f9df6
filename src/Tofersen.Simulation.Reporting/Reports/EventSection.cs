using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>Events, retention and adverse events by arm and stratum.</summary>
internal static class EventSection
{
    private static readonly ValueList<EventKind> Survival = [EventKind.Death, EventKind.PermanentVentilation];
    private static readonly ValueList<EventKind> Progression = [.. Survival, EventKind.WithdrawalForProgression];
    private static readonly ValueList<EventKind> Ends = [.. Progression, EventKind.OtherWithdrawal, EventKind.ExtensionNotEntered];

    internal static ReportSection Make(CourseSummary courses, TrialDesign design) =>
        new("events", "Events and retention", html => Write(html, courses, design));

    private static void Write(HtmlWriter html, CourseSummary courses, TrialDesign design)
    {
        html.Element("p", "Probabilities of being free of events are life-table estimates over all simulated trials, with other ends of follow-up as censoring.");
        if (courses.ScreenFailureRate > 0)
        {
            html.Element("p", $"{TextTable.Number(100 * courses.ScreenFailureRate, 1)} % of the candidates who were screened did not meet the inclusion criteria.");
        }

        html.NewLine();
        int end = (int)Math.Floor(courses.Layout.VisitWeeks[^1] + 1e-9);
        int[] weeks = design is DelayedStart { SwitchWeeks: var change } && Math.Floor(change) < end ? [(int)Math.Floor(change), end] : [end];
        foreach (int week in weeks)
        {
            Table(courses, week).Write(html);
        }

        if (courses.Layout.AdverseEvents.Count > 0)
        {
            AdverseEvents(courses, end).Write(html);
        }
    }

    private static HtmlTable Table(CourseSummary courses, int week)
    {
        bool converts = courses.Layout.HasPhenoconversion;
        HtmlColumn[] columns =
        [
            HtmlColumn.Text("arm"), HtmlColumn.Text("stratum"), HtmlColumn.Number("free of death and ventilation ± MCSE"),
            HtmlColumn.Number("free of these and withdrawal for progression ± MCSE"), HtmlColumn.Number("in follow-up ± MCSE"),
        ];
        var table = new HtmlTable(
            FormattableString.Invariant($"events-{week}"), FormattableString.Invariant($"By week {week}"),
            converts ? [.. columns, HtmlColumn.Number("phenoconverted ± MCSE")] : columns);
        foreach ((int arm, string? stratum) in Groups(courses))
        {
            MonteCarloValue ended = courses.ShareEnded(arm, week, Ends, stratum);
            string[] cells =
            [
                courses.Layout.ArmNames[arm],
                stratum ?? "all",
                Value(courses.EventFree(arm, week, Survival, stratum)),
                Value(courses.EventFree(arm, week, Progression, stratum)),
                Value(ended with { Value = 1 - ended.Value }),
            ];
            table.Row(converts ? [.. cells, Value(courses.SharePhenoconverted(arm, week, stratum))] : cells);
        }

        return table;
    }

    private static HtmlTable AdverseEvents(CourseSummary courses, int end)
    {
        var table = new HtmlTable(
            "adverse-events",
            FormattableString.Invariant($"Share of participants with at least one adverse event of a class by week {end}, while in follow-up"),
            [HtmlColumn.Text("class"), HtmlColumn.Word("serious"), .. courses.Layout.ArmNames.Select(arm => HtmlColumn.Number($"{arm} ± MCSE"))]);
        foreach (AdverseEventColumn column in courses.Layout.AdverseEvents)
        {
            table.Row(
            [
                column.Name,
                column.IsSerious ? "yes" : "no",
                .. Enumerable.Range(0, courses.Layout.ArmNames.Count).Select(arm => Value(courses.ShareWithAdverseEvent(arm, end, column.Name))),
            ]);
        }

        return table;
    }

    private static IEnumerable<(int Arm, string? Stratum)> Groups(CourseSummary courses)
    {
        int strata = courses.Layout.StratumNames.Count;
        for (int arm = 0; arm < courses.Layout.ArmNames.Count; arm++)
        {
            yield return (arm, null);
            for (int s = 0; strata > 1 && s < strata; s++)
            {
                yield return (arm, courses.Layout.StratumNames[s]);
            }
        }
    }

    private static string Value(MonteCarloValue value) => TextTable.WithError(value.Value, value.MonteCarloError, 4);
}
