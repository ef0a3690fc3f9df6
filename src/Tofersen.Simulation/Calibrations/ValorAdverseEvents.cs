using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Common;
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

    private const double FollowUpWeeks = 28;
    private const double LogRateSd = 0.5;
    private const double FrailtyLoading = 0.5;
    private const string Label = "US label's table of adverse reactions, tofersen against placebo, as remembered (code M), not checked";

    private static readonly Entry[] Entries =
    [
        new(SeriousNeurological, true, 4.0 / 72, 0, SourceKind.Derived, "4 of 72 against 0 of 36 by week 28: sponsor slides of October 2021 (code S)"),
        new(HighCellCount, false, 54.0 / 69, 9.0 / 36, SourceKind.Derived, "Shift to high, 54 of 69 against 9 of 36 in VALOR: sponsor slides (code S)"),
        new(HighProtein, false, 31.0 / 46, 6.0 / 20, SourceKind.Derived, "Shift to high, 31 of 46 against 6 of 20 in VALOR: sponsor slides (code S)"),
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

    private sealed record Entry(string Name, bool IsSerious, double OnDrug, double OffDrug, SourceKind Kind, string Citation);
}
