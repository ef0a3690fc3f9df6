using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Published results of VALOR and its extension, with the tolerance of one standard error of the trial.</summary>
/// <remarks>Means are of the latent change of everybody (hypothetical strategy), which the published imputation aims at. Spreads are
/// of the score as written down.</remarks>
internal static class ValorTargets
{
    private const int Delayed = TrialDesign.ControlArm;
    private const int Early = TrialDesign.ActiveArm;
    private const string Fast = ValorModel.Fast;
    private const string Slow = ValorModel.Slow;
    private const string Points = "points";
    private const string Nejm = "Miller et al. 2022, NEJM 387:1099";
    private const string Slides2021 = "Sponsor slides of October 2021";
    private const string Slides2022 = "Read off the sponsor's 12-month slide of June 2022, adjusted for neurofilament light";
    private const string July2021 = "Read off the sponsor's Kaplan–Meier curves, July 2021 cut";
    private const string Final = "Final results of the extension, JAMA Neurology 2025; secondary source";

    /// <summary>Results to week 28.</summary>
    internal static ValueList<CalibrationTarget> PlaceboControlled { get; } =
    [
        Change("fast placebo, change at week 28", -8.1, 1.8, Delayed, 28, Fast, Nejm),
        Change("fast tofersen, change at week 28", -7.0, 1.4, Early, 28, Fast, Nejm),
        Change("slow placebo, change at week 28", -2.7, 1.1, Delayed, 28, Slow, Slides2021),
        Change("slow tofersen, change at week 28", -1.3, 0.8, Early, 28, Slow, Slides2021),
        Gap("tofersen − placebo at week 28, unadjusted", 1.4, 1.4, 28, "Sponsor release of May 2024"),
        Gap("tofersen − placebo at week 28, adjusted for neurofilament", 2.1, 1.4, 28, Slides2022),
        Spread("fast, SD of the change at week 28", 8.5, Fast),
        Spread("slow, SD of the change at week 28", 4.4, Slow),
        new()
        {
            Name = "fast, standard error of the difference at week 28",
            Kind = TargetKind.Spread,
            Unit = Points,
            Published = 2.2,
            Minimum = 1.9,
            Maximum = 2.5,
            Citation = Nejm + ": interval −3.2 to 5.5 with 39 and 21 participants",
            Simulated = StandardErrorOfDifference,
        },
        EventFree("fast early start, free of events at week 28", 0.845, 0.06, Early, 28, Fast),
        EventFree("fast delayed start, free of events at week 28", 0.81, 0.09, Delayed, 28, Fast),
    ];

    /// <summary>Results after week 28.</summary>
    internal static ValueList<CalibrationTarget> Extension { get; } =
    [
        Change("early start, change at week 28", -4.2, 1.2, Early, 28, null, Slides2022),
        Change("early start, change at week 40", -5.7, 1.2, Early, 40, null, Slides2022),
        Change("early start, change at week 52", -6.0, 1.2, Early, 52, null, Slides2022),
        Change("delayed start, change at week 28", -6.3, 1.5, Delayed, 28, null, Slides2022),
        Change("delayed start, change at week 40", -8.7, 1.5, Delayed, 40, null, Slides2022),
        Change("delayed start, change at week 52", -9.5, 1.5, Delayed, 52, null, Slides2022),
        Gap("early − delayed start at week 52", 3.5, 1.6, 52, "Sponsor's 12-month results, June 2022: 3.5 (0.4 to 6.7)"),
        Change("early start, change at week 148", -9.9, 3, Early, 148, null, Final),
        Change("delayed start, change at week 148", -13.5, 3, Delayed, 148, null, Final),
        EventFree("fast early start, free of events at week 52", 0.714, 0.08, Early, 52, Fast),
        EventFree("fast delayed start, free of events at week 52", 0.68, 0.10, Delayed, 52, Fast),
        SlowEventFree("slow early start, free of events at week 52", Early),
        SlowEventFree("slow delayed start, free of events at week 52", Delayed),
        new()
        {
            Name = "entered the extension",
            Kind = TargetKind.Retention,
            Published = 0.88,
            Minimum = 0.82,
            Maximum = 0.93,
            Citation = "95 of 108; sponsor slides of October 2021",
            Simulated = EnteredExtension,
        },
        Completed("completed the extension, early start", 0.47, Early),
        Completed("completed the extension, delayed start", 0.33, Delayed),
    ];

    private static CalibrationTarget Change(
        string name, double published, double tolerance, int arm, double week, string? stratum, string citation) =>
        Targets.Within(
            name,
            TargetKind.Function,
            Points,
            published,
            tolerance,
            citation,
            courses => Targets.Mean(courses.LatentChange(arm, week, stratum)));

    private static CalibrationTarget Gap(string name, double published, double tolerance, double week, string citation) =>
        Targets.Within(name, TargetKind.Function, Points, published, tolerance, citation, courses => Targets.Gap(courses, week));

    private static CalibrationTarget Spread(string name, double published, string stratum) => new()
    {
        Name = name,
        Kind = TargetKind.Spread,
        Unit = Points,
        Published = published,
        Minimum = published * 0.85,
        Maximum = published * 1.15,
        Citation = "From the standard errors of the sponsor slides of October 2021; mean of the arms, 2:1",
        Simulated = courses =>
        {
            SampleSummary early = courses.CompleteChange(Early, 28, stratum);
            SampleSummary delayed = courses.CompleteChange(Delayed, 28, stratum);
            double sd = ((2 * early.StandardDeviation) + delayed.StandardDeviation) / 3;

            // Normal approximation to the error of a standard deviation; the change is skewed, so this is a guide.
            return new MonteCarloValue(sd, sd / Math.Sqrt(2.0 * (early.Count + delayed.Count)));
        },
    };

    private static MonteCarloValue StandardErrorOfDifference(CourseSummary courses)
    {
        SampleSummary early = courses.CompleteChange(Early, 28, Fast);
        SampleSummary delayed = courses.CompleteChange(Delayed, 28, Fast);
        double earlyVariance = early.StandardDeviation * early.StandardDeviation;
        double delayedVariance = delayed.StandardDeviation * delayed.StandardDeviation;
        double value = Math.Sqrt((earlyVariance / 39) + (delayedVariance / 21));
        return new MonteCarloValue(value, value / Math.Sqrt(2.0 * (early.Count + delayed.Count)));
    }

    private static CalibrationTarget EventFree(
        string name, double published, double tolerance, int arm, int week, string stratum) =>
        Targets.Within(
            name,
            TargetKind.Events,
            "",
            published,
            tolerance,
            July2021,
            courses => courses.EventFree(arm, week, Valor.Composite, stratum));

    private static CalibrationTarget SlowEventFree(string name, int arm) => new()
    {
        Name = name,
        Kind = TargetKind.Events,
        Published = 1,
        Minimum = 0.94,
        Maximum = 1,
        Citation = July2021 + ": none of 48",
        Simulated = courses => courses.EventFree(arm, 52, Valor.Composite, Slow),
    };

    private static MonteCarloValue EnteredExtension(CourseSummary courses)
    {
        MonteCarloValue left = Targets.ShareEnded(courses, 28, Targets.AllEnds);
        return left with { Value = 1 - left.Value };
    }

    private static CalibrationTarget Completed(string name, double published, int arm) =>
        Targets.Within(name, TargetKind.Retention, "", published, 0.08, Final, courses =>
        {
            MonteCarloValue left = courses.ShareEnded(arm, ValorOpenLabelExtension.CompletionWeek, Targets.AllEnds);
            return left with { Value = 1 - left.Value };
        });
}
