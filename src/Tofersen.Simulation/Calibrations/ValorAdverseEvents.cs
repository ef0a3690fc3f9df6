using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Adverse events of VALOR: classes for a scenario, with the sources of their rates.</summary>
/// <remarks>Rates are derived from the shares with at least one event in 28 weeks, as if everybody had been followed for all of them: the rate r
/// solves 1 − E exp(−r m T) = share. That episodes recur at the same rate, the spread between participants and the loading on the common frailty
/// are assumptions. Common events without a published figure (procedural pain, headache, back pain, falls) are left out.</remarks>
internal static class ValorAdverseEvents
{
    internal const string SeriousNeurological = "serious neurological event";
    internal const string HighCellCount = "CSF white cells high";
    internal const string HighProtein = "CSF protein high";

    // The label's table is known as remembered: no targets.
    private const int Measured = 3;
    private const double FollowUpWeeks = 28;
    private const double LogRateSd = 0.5;
    private const double FrailtyLoading = 0.5;
    private const string Label = "US label's table of adverse reactions, tofersen against placebo, as remembered, not checked";

    private static readonly Entry[] Entries =
    [
        new(SeriousNeurological, true, 4.0 / 72, 0, SourceKind.Derived, "4 of 72 against 0 of 36 by week 28: sponsor slides of October 2021"),
        new(HighCellCount, false, 54.0 / 69, 9.0 / 36, SourceKind.Derived, "Shift to high, 54 of 69 against 9 of 36 in VALOR: sponsor slides", 69),
        new(HighProtein, false, 31.0 / 46, 6.0 / 20, SourceKind.Derived, "Shift to high, 31 of 46 against 6 of 20 in VALOR: sponsor slides", 46, 20),
        new("pain", false, 0.42, 0.22, SourceKind.Assumption, "42 against 22 %: " + Label),
        new("fatigue", false, 0.17, 0.06, SourceKind.Assumption, "17 against 6 %: " + Label),
        new("arthralgia", false, 0.14, 0.06, SourceKind.Assumption, "14 against 6 %: " + Label),
        new("myalgia", false, 0.14, 0.06, SourceKind.Assumption, "14 against 6 %: " + Label),
        new("stiffness", false, 0.06, 0, SourceKind.Assumption, "6 against 0 %: " + Label),
        new("neuralgia", false, 0.06, 0, SourceKind.Assumption, "6 against 0 %: " + Label),
    ];

    /// <summary>The classes.</summary>
    internal static ValueList<AdverseEventClass> Classes { get; } =
    [
        .. Entries.Select(e => new AdverseEventClass
        {
            Name = e.Name,
            IsSerious = e.IsSerious,
            RatePerYearOnDrug = RatePerYear(e.OnDrug, LogRateSd),
            RatePerYearOffDrug = RatePerYear(e.OffDrug, LogRateSd),
            LogRateSd = LogRateSd,
            FrailtyLoading = FrailtyLoading,
        }),
    ];

    /// <summary>Sources of the classes, by path in a scenario that holds them and nothing before them.</summary>
    internal static ValueList<ParameterSource> Sources { get; } =
    [
        .. Entries.SelectMany((e, i) => Make(FormattableString.Invariant($"adverseEvents[{i}]"), e)),
    ];

    /// <summary>Published shares to week 28, with a tolerance of one standard error of the trial; for none of 36 on placebo, up to three in
    /// 36, the upper end of a 95 % interval.</summary>
    internal static ValueList<CalibrationTarget> Targets { get; } =
    [
        .. Entries.Take(Measured).Select(e => Target(e, "tofersen", e.OnDrug, e.ActiveCount, TrialDesign.ActiveArm)),
        .. Entries.Take(Measured).Select(e => Target(e, "placebo", e.OffDrug, e.ControlCount, TrialDesign.ControlArm)),
    ];

    /// <summary>Rate per year at which a share of participants has at least one event in 28 weeks.</summary>
    internal static double RatePerYear(double share, double logRateSd)
    {
        double low = 0;
        double high = AdverseEventClass.HighestRate;
        for (int i = 0; i < 200 && high > low; i++)
        {
            double middle = low + ((high - low) / 2);
            (low, high) = ShareWithin(middle, logRateSd) < share ? (middle, high) : (low, middle);
        }

        return low;
    }

    // The trapezoidal rule in the normal score is exact to rounding for so smooth a function.
    private static double ShareWithin(double ratePerYear, double logRateSd)
    {
        const double Step = 0.125;
        const int Steps = 72;
        double years = StudyTime.MonthsFromWeeks(FollowUpWeeks) / 12;
        double share = 0;
        for (int i = -Steps; i <= Steps; i++)
        {
            double z = i * Step;
            double multiplier = Math.Exp((logRateSd * z) - (0.5 * logRateSd * logRateSd));
            share += Step * Normal.PDF(0, 1, z) * (1 - Math.Exp(-ratePerYear * multiplier * years));
        }

        return share;
    }

    private static IEnumerable<ParameterSource> Make(string path, Entry entry) =>
    [
        new() { Path = path + ".ratePerYearOnDrug", Kind = entry.Kind, Citation = entry.Citation },
        new() { Path = path + ".ratePerYearOffDrug", Kind = entry.Kind, Citation = entry.Citation },
        new() { Path = path + ".logRateSd", Kind = SourceKind.Assumption, Citation = "Nothing is published" },
        new() { Path = path + ".frailtyLoading", Kind = SourceKind.Assumption, Citation = "Nothing is published" },
    ];

    private static CalibrationTarget Target(Entry entry, string arm, double share, int count, int position)
    {
        double error = Math.Sqrt(share * (1 - share) / count);
        return Calibrations.Targets.Within(
            FormattableString.Invariant($"{arm}, {entry.Name} by week {FollowUpWeeks}"),
            TargetKind.Safety,
            "",
            share,
            error > 0 ? error : 3.0 / count,
            entry.Citation,
            courses => courses.ShareWithAdverseEvent(position, (int)FollowUpWeeks, entry.Name)) with
        {
            Minimum = Math.Max(0, share - error),
        };
    }

    private sealed record Entry(
        string Name, bool IsSerious, double OnDrug, double OffDrug, SourceKind Kind, string Citation, int ActiveCount = 72, int ControlCount = 36);
}
