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
        if (Allocations.Describe(design) is { } allocation)
        {
            text.Append(allocation).Append('\n');
        }

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

        text.Append("Estimates: active − control\n\n");
        text.Append(Estimates(result)).Append('\n');
        text.Append("Power: share of trials in which the two-sided test rejects\n\n");
        text.Append(Power(result));
        text.Append(Failures(result));
        if (result.Sequential is { } sequential)
        {
            if (design.Enrolment is null)
            {
                text.Append("\nThe design has no enrolment: everybody enters at once, and no look saves a participant.\n");
            }

            text.Append(SequentialText.Describe(sequential));
        }

        return text.ToString();
    }

    // Why analyses failed, and which of those that did not ended at a limit; nothing where there is nothing to tell.
    private static string Failures(PowerResult result)
    {
        OperatingCharacteristics[] failed = [.. result.Analyses.Where(a => a.Failed > 0 || a.Boundary > 0)];
        if (failed.Length == 0)
        {
            return "";
        }

        var table = new TextTable("analysis", "not estimable", "not converged", "on the boundary");
        foreach (OperatingCharacteristics a in failed)
        {
            table.Row(a.Name, Count(a.Failed - a.NotConverged, a), Count(a.NotConverged, a), Count(a.Boundary, a));
        }

        return $"\nFits that failed, by kind, and those on the boundary of their parameters, which count as analysed\n\n{table}";
    }

    private static string Count(int count, OperatingCharacteristics a) => FormattableString.Invariant($"{count} of {a.Planned}");

    private static string Courses(CourseSummary courses) => courses.Layout.ArmNames.Count == 2
        ? TwoArms(courses).ToString()
        : $"{AllArms(courses)}\nDifferences from {courses.Layout.ArmNames[TrialDesign.ControlArm]}\n\n{Differences(courses)}\nObserved, share of the participants\n\n{ObservedShares(courses)}";

    private static TextTable Differences(CourseSummary courses)
    {
        int[] others = [.. Enumerable.Range(0, courses.Layout.ArmNames.Count).Where(arm => arm != TrialDesign.ControlArm)];
        var table = new TextTable(["week", .. others.Select(arm => courses.Layout.ArmNames[arm])]);
        foreach (double week in courses.Layout.VisitWeeks)
        {
            SampleSummary control = courses.LatentChange(TrialDesign.ControlArm, week);
            table.Row(
            [
                FormattableString.Invariant($"{week}"),
                .. others.Select(arm => Difference(courses.LatentChange(arm, week), control)),
            ]);
        }

        return table;
    }

    private static TextTable ObservedShares(CourseSummary courses)
    {
        var table = new TextTable(["week", .. courses.Layout.ArmNames]);
        foreach (double week in courses.Layout.VisitWeeks)
        {
            table.Row(
                [FormattableString.Invariant($"{week}"), .. Enumerable.Range(0, courses.Layout.ArmNames.Count).Select(arm => Observed(courses, arm, week))]);
        }

        return table;
    }

    private static string Difference(SampleSummary arm, SampleSummary control) =>
        TextTable.WithError(arm.Mean - control.Mean, double.Hypot(arm.MonteCarloError, control.MonteCarloError), 2);

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
                Difference(activeChange, controlChange),
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
        var table = new TextTable("analysis", "power", "95 % interval", "failed", "power if failures rejected");
        foreach (OperatingCharacteristics a in result.Analyses)
        {
            table.Row(
                a.Name,
                TextTable.WithError(a.Power, a.MonteCarloError, 4),
                $"{TextTable.Number(a.Lower, 4)} to {TextTable.Number(a.Upper, 4)}",
                FormattableString.Invariant($"{a.Failed} of {a.Planned}"),
                a.Failed == 0 ? "–" : TextTable.Number(a.PowerIfFailuresRejected, 4));
        }

        return table;
    }

    private static TextTable Estimates(PowerResult result)
    {
        var table = new TextTable("analysis", "unit", "mean estimate", "true value", "bias", "empirical SE", "model SE", "coverage");
        foreach (OperatingCharacteristics a in result.Analyses)
        {
            table.Row([.. EstimateCells.Of(a, result.Scenario), TextTable.Number(a.Coverage, 3)]);
        }

        return table;
    }
}
