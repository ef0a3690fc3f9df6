using System.Globalization;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>What was simulated and what came of it, in sentences.</summary>
internal static class SummarySection
{
    /// <summary>Monte Carlo standard errors from which on a difference is pointed out: one in 400 by chance.</summary>
    private const double Notable = 3;

    internal static ReportSection Make(PowerResult result) => new("summary", "Summary", html => Write(html, result));

    private static void Write(HtmlWriter html, PowerResult result)
    {
        Scenario scenario = result.Scenario;
        html.Element("p", string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Replicates:#,0} {(result.Replicates == 1 ? "trial" : "trials")} with {scenario.Design.Participants:#,0} participants each were simulated with seed {result.Seed}. Each is {DesignText.Kind(scenario.Design)}"));
        html.Element("p", scenario.Effect is NoEffect
            ? "In this scenario treatment does nothing to the course of the ALSFRS-R. For analyses of that course the share of trials in which they reject is the type I error rate; for those of another endpoint on which treatment acts it is power:"
            : "The share of trials in which the two-sided test of an analysis rejects is its power:");
        html.NewLine();
        using (html.Open("ul"))
        {
            foreach (OperatingCharacteristics analysis in result.Analyses)
            {
                using (html.Open("li"))
                {
                    html.Element("strong", analysis.Name);
                    html.Text($": {TextTable.WithError(analysis.Power, analysis.MonteCarloError, 4)}{Failures(analysis)}");
                }

                html.NewLine();
            }
        }

        if (result.Sequential is { } sequential)
        {
            html.Element("p", Looks(sequential));
        }

        html.Element("p", Failures(result));
        if (Coverage(result) is { } coverage)
        {
            html.Element("p", coverage);
        }

        if (result.Precision is { } precision)
        {
            html.Element("p", string.Create(CultureInfo.InvariantCulture, $"The run went on until {(result.IsPrecise
                ? $"the Monte Carlo error of every power was at most {precision}."
                : $"its largest number of trials. The Monte Carlo error that was asked for, {precision}, was not reached.")}"));
        }
    }

    private static string Failures(OperatingCharacteristics analysis) => analysis.Failed == 0
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $"; failed in {analysis.Failed:#,0} of {analysis.Planned:#,0} trials, and at most {TextTable.Number(analysis.PowerIfFailuresRejected, 4)} had it rejected in all of them");

    private static string Failures(PowerResult result)
    {
        string[] failing = [.. result.Analyses.Where(a => a.Failed > 0).Select(a => a.Name)];
        return failing.Length == 0
            ? "No analysis failed in any trial."
            : $"{Names(failing)} failed in some trials. Those count as trials in which nothing was rejected; the failure ledger below has them all.";
    }

    private static string Looks(SequentialResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"With its interim looks the trial rejects in favour of treatment with probability {Value(result.Rejection)} and stops before its end with probability {Value(result.EarlyStopping)}. It enrols {TextTable.WithError(result.Participants.Mean, result.Participants.MonteCarloError, 1)} participants on average, of at most {result.MaximumParticipants:#,0}.");

    private static string? Coverage(PowerResult result)
    {
        string[] less = Off(result, -1);
        string[] more = Off(result, 1);
        string[] said =
        [
            .. less.Length > 0 ? [$"The confidence intervals of {Names(less)} hold the true value less often than they claim"] : Array.Empty<string>(),
            .. more.Length > 0 ? [$"{(less.Length > 0 ? "those" : "The confidence intervals")} of {Names(more)} {(less.Length > 0 ? "" : "hold the true value ")}more often{(less.Length > 0 ? "" : " than they claim")}"] : Array.Empty<string>(),
        ];
        return said.Length == 0
            ? null
            : $"{string.Join(", ", said)}, by more than three Monte Carlo errors: the estimates are biased here, or their standard errors are off.";
    }

    // The analyses whose coverage is off in a direction.
    private static string[] Off(PowerResult result, int direction) =>
    [
        .. result.Analyses
            .Where(a => a.Analysed > 0 && double.IsFinite(a.Coverage))
            .Where(a => direction * (a.Coverage - (1 - a.Alpha)) > Notable * Math.Sqrt(a.Alpha * (1 - a.Alpha) / a.Analysed))
            .Select(a => a.Name),
    ];

    private static string Names(string[] names) => names.Length == 1
        ? $"'{names[0]}'"
        : $"{string.Join(", ", names[..^1].Select(n => $"'{n}'"))} and '{names[^1]}'";

    private static string Value(MonteCarloValue value) => TextTable.WithError(value.Value, value.MonteCarloError, 4);
}
