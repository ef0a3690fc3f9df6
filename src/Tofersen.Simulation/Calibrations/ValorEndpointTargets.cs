using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Published biomarkers, vital capacity and strength of VALOR and its extension.</summary>
/// <remarks>Biomarkers are geometric means of ratios to baseline, of everybody, whatever ended follow-up. Tolerances are one standard error of the
/// trial.</remarks>
internal static class ValorEndpointTargets
{
    private const int Delayed = TrialDesign.ControlArm;
    private const int Early = TrialDesign.ActiveArm;
    private const string Fast = ValorModel.Fast;
    private const string Slow = ValorModel.Slow;
    private const string Slides = "Sponsor slides of October 2021";
    private const string TwelveMonths = "Sponsor's 12-month results, June 2022";

    /// <summary>Results to week 28.</summary>
    internal static ValueList<CalibrationTarget> PlaceboControlled { get; } =
    [
        Ratio("fast tofersen, NfL at week 8", ValorEndpoints.Neurofilament, 0.71, 0.06, Early, 8, Fast),
        Ratio("fast tofersen, NfL at week 16", ValorEndpoints.Neurofilament, 0.42, 0.06, Early, 16, Fast),
        Ratio("fast tofersen, NfL at week 28", ValorEndpoints.Neurofilament, 0.40, 0.06, Early, 28, Fast),
        Ratio("fast placebo, NfL at week 28", ValorEndpoints.Neurofilament, 1.20, 0.15, Delayed, 28, Fast),
        Ratio("slow tofersen, NfL at week 28", ValorEndpoints.Neurofilament, 0.50, 0.06, Early, 28, Slow),
        Ratio("slow placebo, NfL at week 28", ValorEndpoints.Neurofilament, 0.95, 0.15, Delayed, 28, Slow),
        Ratio("tofersen, NfL at week 28", ValorEndpoints.Neurofilament, 0.45, 0.06, Early, 28, null),
        Ratio("placebo, NfL at week 28", ValorEndpoints.Neurofilament, 1.12, 0.15, Delayed, 28, null),
        Ratio("fast tofersen, SOD1 at week 8", ValorEndpoints.Sod1, 0.74, 0.08, Early, 8, Fast),
        Ratio("fast tofersen, SOD1 at week 28", ValorEndpoints.Sod1, 0.71, 0.08, Early, 28, Fast),
        Ratio("slow tofersen, SOD1 at week 28", ValorEndpoints.Sod1, 0.60, 0.08, Early, 28, Slow),
        Ratio("tofersen, SOD1 at week 28", ValorEndpoints.Sod1, 0.65, 0.08, Early, 28, null),
        Ratio("placebo, SOD1 at week 28", ValorEndpoints.Sod1, 0.98, 0.08, Delayed, 28, null),
        Change("fast tofersen, SVC at week 28", ValorEndpoints.VitalCapacity, "% predicted", -14.3, 3.4, Early, 28, Fast),
        Change("fast placebo, SVC at week 28", ValorEndpoints.VitalCapacity, "% predicted", -22.2, 4.7, Delayed, 28, Fast),
        Gap("fast, SVC, tofersen − placebo at week 28", ValorEndpoints.VitalCapacity, "% predicted", 7.9, 5.8, 28, Fast, Slides),
        Gap("fast, HHD, tofersen − placebo at week 28", ValorEndpoints.Strength, "z", 0.02, 0.12, 28, Fast, "VALOR, as remembered; not checked"),
    ];

    /// <summary>Results after week 28.</summary>
    internal static ValueList<CalibrationTarget> Extension { get; } =
    [
        Ratio("early start, NfL at week 52", ValorEndpoints.Neurofilament, 0.49, 0.08, Early, 52, null) with { Citation = TwelveMonths },
        Ratio("delayed start, NfL at week 52", ValorEndpoints.Neurofilament, 0.59, 0.08, Delayed, 52, null) with { Citation = TwelveMonths },
        Ratio("early start, SOD1 at week 52", ValorEndpoints.Sod1, 0.67, 0.08, Early, 52, null) with { Citation = TwelveMonths },
        Gap("SVC, early − delayed start at week 52", ValorEndpoints.VitalCapacity, "% predicted", 9.2, 3.8, 52, null, TwelveMonths),
        Gap("HHD, early − delayed start at week 52", ValorEndpoints.Strength, "z", 0.28, 0.12, 52, null, TwelveMonths),
    ];

    private static CalibrationTarget Ratio(
        string name, string endpoint, double published, double tolerance, int arm, double week, string? stratum) =>
        Targets.Within(
            name, TargetKind.Biomarkers, "", published, tolerance, Slides, courses => Targets.Ratio(courses, arm, week, endpoint, stratum));

    private static CalibrationTarget Change(
        string name, string endpoint, string unit, double published, double tolerance, int arm, double week, string? stratum) =>
        Targets.Within(
            name,
            TargetKind.OtherFunction,
            unit,
            published,
            tolerance,
            Slides,
            courses => Targets.Mean(courses.LatentChange(arm, week, stratum, endpoint)));

    private static CalibrationTarget Gap(
        string name, string endpoint, string unit, double published, double tolerance, double week, string? stratum, string citation) =>
        Targets.Within(
            name, TargetKind.OtherFunction, unit, published, tolerance, citation, courses => Targets.Gap(courses, week, stratum, endpoint));
}
