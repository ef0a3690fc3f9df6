using System.Text;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>Results of a Monte Carlo study for people.</summary>
internal static class PowerText
{
    internal static string Describe(PowerResult result)
    {
        TrialDesign design = result.Scenario.Design;
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant(
            $"{result.Scenario.Name}: {design.Participants} participants, {design.Allocation}, {result.Replicates} simulated trials, seed {result.Seed}\n"));
        text.Append("Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.\n");
        if (result.Precision is { } precision)
        {
            text.Append(FormattableString.Invariant(
                $"The run ended {(result.IsPrecise ? "when every Monte Carlo error of a power was at most" : "at its largest number of trials, with a Monte Carlo error above")} {precision}.\n"));
        }

        text.Append('\n');
        if (result.Courses is { } courses)
        {
            text.Append("Mean change of the ALSFRS-R from baseline, in points, of everybody, whatever ended follow-up\n\n");
            text.Append(Courses(courses)).Append('\n');
        }

        text.Append("Power: share of trials in which the two-sided test rejects\n\n");
        text.Append(Power(result));
        if (result.Sequential is { } sequential)
        {
            text.Append(SequentialText.Describe(sequential));
        }

        return text.ToString();
    }

    private static TextTable Courses(CourseSummary courses) =>
        courses.Layout.ArmNames.Count == 2 ? TwoArms(courses) : AllArms(courses);

    private static TextTable AllArms(CourseSummary courses)
    {
        var table = new TextTable(["week", .. courses.Layout.ArmNames]);
        foreach (double week in courses.Layout.VisitWeeks)
        {
            table.Row(
            [
                FormattableString.Invariant($"{week}"),
                .. Enumerable.Range(0, courses.Layout.ArmNames.Count).Select(arm =>
                {
                    SampleSummary change = courses.LatentChange(arm, week);
                    return TextTable.WithError(change.Mean, change.MonteCarloError, 2);
                }),
            ]);
        }

        return table;
    }

    private static TextTable TwoArms(CourseSummary courses)
    {
        string control = courses.Layout.ArmNames[TrialDesign.ControlArm];
        string active = courses.Layout.ArmNames[TrialDesign.ActiveArm];
        var table = new TextTable("week", control, active, $"{active} − {control}", $"observed, {control}", $"observed, {active}");
        foreach (double week in courses.Layout.VisitWeeks)
        {
            SampleSummary controlChange = courses.LatentChange(TrialDesign.ControlArm, week);
            SampleSummary activeChange = courses.LatentChange(TrialDesign.ActiveArm, week);
            table.Row(
                FormattableString.Invariant($"{week}"),
                TextTable.WithError(controlChange.Mean, controlChange.MonteCarloError, 2),
                TextTable.WithError(activeChange.Mean, activeChange.MonteCarloError, 2),
                TextTable.WithError(
                    activeChange.Mean - controlChange.Mean,
                    double.Hypot(activeChange.MonteCarloError, controlChange.MonteCarloError),
                    2),
                Observed(courses, TrialDesign.ControlArm, week),
                Observed(courses, TrialDesign.ActiveArm, week));
        }

        return table;
    }

    private static string Observed(CourseSummary courses, int arm, double week)
    {
        double percent = 100.0 * courses.ObservedChange(arm, week).Count / courses.Participants(arm);
        return double.IsFinite(percent) ? TextTable.Number(percent, 0) + " %" : TextTable.Number(percent, 0);
    }

    private static TextTable Power(PowerResult result)
    {
        var table = new TextTable(
            "analysis", "power", "95 % interval", "mean estimate", "true value", "bias", "empirical SE", "model SE", "coverage",
            "failed", "power if failures rejected");
        foreach (OperatingCharacteristics a in result.Analyses)
        {
            table.Row(
                a.Name,
                TextTable.WithError(a.Power, a.MonteCarloError, 4),
                $"{TextTable.Number(a.Lower, 4)} to {TextTable.Number(a.Upper, 4)}",
                TextTable.WithError(a.MeanEstimate, a.MeanEstimateMonteCarloError, 3),
                TextTable.WithError(a.TrueValue.Value, a.TrueValue.MonteCarloError, 3),
                TextTable.Number(a.Bias, 3),
                TextTable.Number(a.EmpiricalStandardError, 3),
                TextTable.Number(a.ModelStandardError, 3),
                TextTable.Number(a.Coverage, 3),
                FormattableString.Invariant($"{a.Failed} of {a.Planned}"),
                a.Failed == 0 ? "–" : TextTable.Number(a.PowerIfFailuresRejected, 4));
        }

        return table;
    }
}
