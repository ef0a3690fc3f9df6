using System.Globalization;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>A trial's design in words.</summary>
internal static class DesignText
{
    private const double WeeksPerMonth = 365.25 / 12 / 7;

    /// <summary>The kind of design: the rest of a sentence that begins with what it is.</summary>
    internal static string Kind(TrialDesign design) => design switch
    {
        DelayedStart d => string.Create(
            CultureInfo.InvariantCulture,
            $"a delayed-start trial: placebo-controlled to week {d.SwitchWeeks}, then an extension to week {d.EndWeeks} in which everybody is treated{Entry(d)}."),
        DoseRanging d => string.Create(
            CultureInfo.InvariantCulture,
            $"a dose-ranging trial to week {d.EndWeeks}: {d.Cohorts.Count} {(d.Cohorts.Count == 1 ? "cohort" : "cohorts")}, each with one dose and placebo."),
        PresymptomaticTrial d => string.Create(
            CultureInfo.InvariantCulture,
            $"a trial of carriers without symptoms, followed to week {d.EndWeeks}{(d.TreatsConverters ? "; who converts is offered open-label treatment" : "")}."),
        _ => string.Create(
            CultureInfo.InvariantCulture, $"a parallel-group trial to week {design.EndWeeks}: each arm keeps its treatment."),
    };

    /// <summary>How participants are allocated to arms.</summary>
    internal static string Allocation(TrialDesign design) => string.Create(
        CultureInfo.InvariantCulture,
        $"{design.Allocation} active to control, in permuted blocks of {design.BlockSize} within {(design is DoseRanging ? "cohorts" : "strata")}");

    /// <summary>How participants come in over time.</summary>
    internal static string Enrolment(Enrolment? enrolment) => enrolment switch
    {
        null => "All at once; no calendar is simulated",
        UniformEnrolment uniform => string.Create(CultureInfo.InvariantCulture, $"Evenly over {uniform.Weeks} weeks"),
        EnrolmentRates rates => string.Join("; ", rates.Periods.Select((p, i) => string.Create(
            CultureInfo.InvariantCulture,
            $"{p.PerWeek} a week {(i == rates.Periods.Count - 1 ? "from then on" : $"for {p.Weeks} weeks")}"))),
        _ => enrolment.GetType().Name,
    };

    /// <summary>The rule of rescue.</summary>
    internal static string Rescue(RescueRule rule) => string.Create(
        CultureInfo.InvariantCulture,
        $"Participants of the control arm who have lost {rule.LossThreshold} points are offered drug, {rule.DelayWeeks} weeks later; {100 * rule.AcceptanceProbability:0.##} % accept");

    /// <summary>When an arm is on drug.</summary>
    internal static string Exposure(Arm arm) => arm.Exposure.Count == 0
        ? "None"
        : string.Join("; ", arm.Exposure.Select(Interval));

    private static string Interval(ExposureInterval interval)
    {
        string end = double.IsPositiveInfinity(interval.StopMonths) ? "on" : "to " + Week(interval.StopMonths);
        string dose = interval.DoseMg is { } mg ? string.Create(CultureInfo.InvariantCulture, $", {mg} mg") : "";
        return $"From {Week(interval.StartMonths)} {end}{dose}";
    }

    private static string Week(double months) =>
        string.Create(CultureInfo.InvariantCulture, $"week {Math.Round(months * WeeksPerMonth, 2)}");

    private static string Entry(DelayedStart design) => (design.EntryProbability, design.GapMaximumWeeks) switch
    {
        (1, 0) => "",
        (1, var longest) => string.Create(
            CultureInfo.InvariantCulture, $", after a gap of {design.GapMinimumWeeks} to {longest} weeks"),
        (var share, var longest) => string.Create(
            CultureInfo.InvariantCulture,
            $"; {100 * share:0.##} % of those in follow-up enter it{(longest > 0 ? $", after a gap of {design.GapMinimumWeeks} to {longest} weeks" : "")}"),
    };
}
