using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Calibrations;

/// <summary>The other endpoints of VALOR and its extension: SOD1, neurofilament light, vital capacity, strength, with their sources.</summary>
internal static class ValorEndpoints
{
    internal const string Sod1 = "sod1";
    internal const string Neurofilament = "nfl";
    internal const string VitalCapacity = "svc";
    internal const string Strength = "hhd";

    // Populations with other strata, built on the preset, take the fast participants' courses.
    private const string FastAndOthers = "";

    private const string Slides = "Time courses of the sponsor slides of October 2021";
    private const string Label = "US label";

    internal static BiomarkerEndpoint Sod1Endpoint => new()
    {
        Name = Sod1,
        Label = "Total SOD1 in cerebrospinal fluid",
        Unit = "ng/mL",
        Driver = BiomarkerDriver.Sod1,
        WithinParticipantLogSd = 0.2,
        Strata = [Sod1Of(FastAndOthers, 0.01, 0.67), Sod1Of(ValorModel.Slow, -0.02, 0.69)],
    };

    internal static BiomarkerEndpoint NeurofilamentEndpoint => new()
    {
        Name = Neurofilament,
        Label = "Neurofilament light in plasma",
        Unit = "pg/mL",
        Driver = BiomarkerDriver.NeurofilamentLight,
        WithinParticipantLogSd = 0.2,
        Strata = [NeurofilamentOf(FastAndOthers, 0.03, 0.34, 0.35), NeurofilamentOf(ValorModel.Slow, 0, 0.52, 0.25)],
    };

    internal static ValueList<Endpoint> All { get; } =
    [
        Sod1Endpoint,
        NeurofilamentEndpoint,
        new FunctionEndpoint
        {
            Name = VitalCapacity,
            Label = "Slow vital capacity",
            Unit = "% predicted",
            ResidualSd = 5,
            Minimum = 0,
            Maximum = 200,
            Strata = [CapacityOf(FastAndOthers, 3.4), CapacityOf(ValorModel.Slow, 1)],
        },
        new FunctionEndpoint
        {
            Name = Strength,
            Label = "Hand-held dynamometry megascore",
            Unit = "z",
            ResidualSd = 0.1,
            Strata = [StrengthOf(FastAndOthers, 0.062), StrengthOf(ValorModel.Slow, 0.03)],
        },
    ];

    internal static ValueList<ParameterSource> Sources { get; } =
    [
        .. Strata(0, "geometricMean", SourceKind.Assumption, "A unit of the level: published results are ratios to baseline"),
        .. Strata(0, "logSd", SourceKind.Assumption, "Nothing is published; does not enter changes"),
        .. Strata(0, "driftPerMonth", SourceKind.Fitted, "Placebo 1.16 of baseline at week 28 in fast and 0.81 in slow participants, 0.98 in all; sponsor slides of October 2021"),
        .. Strata(0, "driftSdPerMonth", SourceKind.Assumption, "Nothing is published"),
        .. Strata(0, "response.ratio", SourceKind.Fitted, Slides + ": 0.71 and 0.60 of baseline at week 28, 0.62 and 0.74 of placebo"),
        .. Strata(0, "response.logSd", SourceKind.Assumption, "Judgement; nothing is published"),
        .. Strata(0, "response.lagWeeks", SourceKind.Fitted, Label + ": falls until about day 56, then plateaus"),
        .. Strata(0, "response.halfTimeWeeks", SourceKind.Fitted, Label + ": falls until about day 56, then plateaus"),
        .. Strata(0, "response.washoutHalfTimeWeeks", SourceKind.Derived, "Effective half-life in cerebrospinal fluid of about four weeks; label digests"),
        ValorModel.Source("endpoints[0].withinParticipantLogSd", SourceKind.Assumption, "As for neurofilament light"),
        .. Strata(1, "logSd", SourceKind.Assumption, "Does not count: the baseline is the participant's neurofilament light"),
        .. Strata(1, "driftPerMonth", SourceKind.Derived, "Fast placebo 1.20 of baseline at week 28, slow 0.95; sponsor slides of October 2021"),
        .. Strata(1, "driftSdPerMonth", SourceKind.Derived, "With the other spreads, SD of the log change at week 28 of 0.56 to 0.60 fast, 0.32 to 0.34 slow"),
        .. Strata(1, "response.ratio", SourceKind.Fitted, "Between-arm ratios of 0.33 and 0.52 at week 28, sponsor slides of October 2021; within the tolerance of week 52"),
        .. Strata(1, "response.logSd", SourceKind.Derived, "From the spread of the log change at week 28"),
        .. Strata(1, "response.lagWeeks", SourceKind.Fitted, Slides + "; " + Label + ": falls until about day 113"),
        .. Strata(1, "response.halfTimeWeeks", SourceKind.Fitted, Slides + "; " + Label + ": falls until about day 113"),
        .. Strata(1, "response.washoutHalfTimeWeeks", SourceKind.Assumption, "No data; slower than SOD1"),
        ValorModel.Source("endpoints[1].withinParticipantLogSd", SourceKind.Assumption, "Judgement; SD of the log change at week 28 is 0.32 to 0.60"),
        .. Strata(2, "baselineMean", SourceKind.Assumption, "VALOR asked for 65 % (fast) and 50 % (slow) of predicted, as remembered; mean by judgement"),
        .. Strata(2, "baselineSd", SourceKind.Assumption, "Judgement; nothing is published"),
        .. Strata(2, "scoreCorrelation", SourceKind.Assumption, "Judgement; nothing is published"),
        .. Strata(2, "lossPerMonth", SourceKind.Derived, "Fast placebo −22.2 over 28 weeks (VALOR); slow by judgement, below CENTAUR's −4.0 for general ALS"),
        .. Strata(2, "lossSdPerMonth", SourceKind.Derived, "Interval −3.5 to 19.3 of the fast difference at week 28 implies a SD of the change near 21"),
        .. Strata(2, "rateCorrelation", SourceKind.Assumption, "Judgement; nothing is published"),
        ValorModel.Source("endpoints[2].residualSd", SourceKind.Assumption, "Judgement; about 5 points between repeated measurements"),
        ValorModel.Source("endpoints[2].minimum", SourceKind.Assumption, "The scale ends at 0"),
        ValorModel.Source("endpoints[2].maximum", SourceKind.Assumption, "Far above any value"),
        .. Strata(3, "baselineMean", SourceKind.Assumption, "A mean of z scores begins at 0"),
        .. Strata(3, "baselineSd", SourceKind.Assumption, "Judgement; does not enter changes"),
        .. Strata(3, "scoreCorrelation", SourceKind.Assumption, "Judgement; nothing is published"),
        .. Strata(3, "lossPerMonth", SourceKind.Assumption, "Fast placebo −0.37 over 28 weeks as remembered; slow set for a difference of 0.28 at week 52"),
        .. Strata(3, "lossSdPerMonth", SourceKind.Assumption, "Interval −0.21 to 0.26 of the fast difference at week 28, as remembered, implies a SD of the change near 0.44"),
        .. Strata(3, "rateCorrelation", SourceKind.Assumption, "Judgement; nothing is published"),
        ValorModel.Source("endpoints[3].residualSd", SourceKind.Assumption, "Judgement; nothing is published"),
        ValorModel.Source("endpoints[3].minimum", SourceKind.Assumption, "No limit: far below any value"),
        ValorModel.Source("endpoints[3].maximum", SourceKind.Assumption, "No limit: far above any value"),
    ];

    private static BiomarkerStratum Sod1Of(string stratum, double drift, double ratio) => new()
    {
        Stratum = stratum,
        GeometricMean = 100,
        LogSd = 0.4,
        DriftPerMonth = drift,
        Response = new BiomarkerResponse
        {
            Ratio = ratio,
            LogSd = 0.15,
            LagWeeks = 1.5,
            HalfTimeWeeks = 2.5,
            WashoutHalfTimeWeeks = 4,
        },
    };

    private static BiomarkerStratum NeurofilamentOf(string stratum, double drift, double ratio, double ratioSd) => new()
    {
        Stratum = stratum,
        DriftPerMonth = drift,
        DriftSdPerMonth = drift > 0 ? 0.05 : 0.02,
        Response = new BiomarkerResponse
        {
            Ratio = ratio,
            LogSd = ratioSd,
            LagWeeks = 5,
            HalfTimeWeeks = 4.5,
            WashoutHalfTimeWeeks = 8,
        },
    };

    private static FunctionStratum CapacityOf(string stratum, double loss) => FunctionOf(stratum, mean: 85, sd: 15, scoreCorrelation: 0.3, loss);

    private static FunctionStratum StrengthOf(string stratum, double loss) => FunctionOf(stratum, mean: 0, sd: 0.6, scoreCorrelation: 0.5, loss);

    private static FunctionStratum FunctionOf(string stratum, double mean, double sd, double scoreCorrelation, double loss) => new()
    {
        Stratum = stratum,
        BaselineMean = mean,
        BaselineSd = sd,
        ScoreCorrelation = scoreCorrelation,
        LossPerMonth = loss,
        LossSdPerMonth = loss,
        RateCorrelation = 0.6,
    };

    private static IEnumerable<ParameterSource> Strata(int endpoint, string property, SourceKind kind, string citation) =>
        Enumerable.Range(0, 2).Select(s => ValorModel.Source(
            FormattableString.Invariant($"endpoints[{endpoint}].strata[{s}].{property}"), kind, citation));
}
