using System.Globalization;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>Mean changes by arm and visit.</summary>
internal static class CourseSection
{
    internal static ReportSection Make(CourseSummary courses) => new("courses", "Course of the outcomes", html => Write(html, courses));

    private static void Write(HtmlWriter html, CourseSummary courses)
    {
        html.Element("p", "Mean changes from baseline of everybody, whatever ended follow-up: what no trial sees as a whole, and what its analyses try to estimate.");
        html.NewLine();
        Table(courses, null, "course", "ALSFRS-R total, change in points").Write(html);
        for (int e = 0; e < courses.Layout.Endpoints.Count; e++)
        {
            EndpointColumn endpoint = courses.Layout.Endpoints[e];
            string what = endpoint.IsLogarithmic ? "mean change of the logarithm" : "change" + (endpoint.Unit.Length > 0 ? $" in {endpoint.Unit}" : "");
            Table(courses, endpoint.Name, FormattableString.Invariant($"course-{e + 1}"), $"{endpoint.Label}, {what}").Write(html);
        }
    }

    private static HtmlTable Table(CourseSummary courses, string? endpoint, string id, string caption)
    {
        bool hasDifference = courses.Layout.ArmNames.Count == 2;
        var columns = new List<HtmlColumn> { HtmlColumn.Number("week") };
        columns.AddRange(courses.Layout.ArmNames.Select(arm => HtmlColumn.Number($"{arm} ± MCSE")));
        if (hasDifference)
        {
            columns.Add(HtmlColumn.Number("difference ± MCSE"));
        }

        columns.AddRange(courses.Layout.ArmNames.Select(arm => HtmlColumn.Number($"observed, {arm}")));
        var table = new HtmlTable(id, caption, [.. columns]);
        int decimals = endpoint is null ? 2 : 3;
        foreach (double week in courses.Layout.VisitWeeks)
        {
            SampleSummary[] changes = [.. Arms(courses).Select(arm => courses.LatentChange(arm, week, null, endpoint))];
            var cells = new List<string> { week.ToString(CultureInfo.InvariantCulture) };
            cells.AddRange(changes.Select(c => TextTable.WithError(c.Mean, c.MonteCarloError, decimals)));
            if (hasDifference)
            {
                (SampleSummary control, SampleSummary active) = (changes[TrialDesign.ControlArm], changes[TrialDesign.ActiveArm]);
                cells.Add(TextTable.WithError(active.Mean - control.Mean, double.Hypot(active.MonteCarloError, control.MonteCarloError), decimals));
            }

            cells.AddRange(Arms(courses).Select(arm => Observed(courses, arm, week, endpoint)));
            table.Row([.. cells]);
        }

        return table;
    }

    private static string Observed(CourseSummary courses, int arm, double week, string? endpoint)
    {
        double percent = 100.0 * courses.ObservedChange(arm, week, null, endpoint).Count / courses.Participants(arm);
        return double.IsFinite(percent) ? TextTable.Number(percent, 0) + " %" : "–";
    }

    private static IEnumerable<int> Arms(CourseSummary courses) => Enumerable.Range(0, courses.Layout.ArmNames.Count);
}
