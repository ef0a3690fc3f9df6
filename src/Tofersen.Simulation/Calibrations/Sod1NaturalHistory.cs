using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Trajectories;
using static Tofersen.Simulation.Calibrations.PresetSources;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Untreated SOD1-ALS after the North American cohort of Bali et al. (2017): p.A5V (A4V) and all other variants.</summary>
/// <remarks>
/// <para>Sources contradict each other. A4V slopes are −3.6 ± 5.0 points a month in charts that mix the 40-point ALSFRS with the
/// 48-point ALSFRS-R, and −3.0 (SE 0.4) in the placebo arm of a randomised trial in rapidly progressive SOD1-ALS: the trial is the
/// target. The median survival of SOD1-ALS is 2.7 years in this cohort and 2.3 years in the European label, from other pools: the
/// cohort is the target.</para>
/// <para>The slope of all in the cohort, −0.9, cannot be a mean over patients of whom 36 % lose 3 a month or more: it is read as a
/// mean over time under observation, which leaves −0.6 for the other variants.</para>
/// <para>Everybody is alive at entry, and survival since onset is that of the cohort, counted from onset, as published: see
/// <see cref="MonteCarlo.CourseSummary.EventFreeSinceOnset"/>.</para>
/// </remarks>
public static class Sod1NaturalHistory
{
    private const string A4v = "a4v";
    private const string Other = "other";
    private const int Strata = 2;
    private const string Bali = "Bali et al. 2017, JNNP 88:99";
    private const string Abstract = "AAN 2016 abstract P3.185 of the same cohort";
    private const string BinomialError = "; tolerance √(0.25/n), the standard error of a proportion of a half without censoring";

    /// <summary>The preset <c>sod1-natural-history</c>: 173 participants without treatment, five years.</summary>
    public static Preset Preset { get; } = new()
    {
        Scenario = new Scenario
        {
            Name = "sod1-natural-history",
            Description = "Untreated SOD1-ALS, A4V and other variants in the proportions of a North American cohort, followed for five "
                + "years. Both arms are untreated.",
            Population = new PopulationModel { Strata = [A4vStratum, OtherStratum] },
            Trajectory = new AttenuatedDecline { AttenuationScore = 12 },
            Design = new ParallelGroup
            {
                Participants = 173,
                VisitWeeks = [0, 12, 26, 39, 52, 78, 104, 156, 208, 260],
                ActiveName = "Untreated, second half",
                ControlName = "Untreated, first half",
            },
            Observation = new ObservationModel
            {
                Events =
                [
                    new ProgressionHazard
                    {
                        Kind = EventKind.Death,
                        PerWeek = 0.001,
                        RateExponent = 1,
                        ScoreCoefficient = 0.066,
                        ReferenceScore = 36,
                        RateMinimum = 0.05,
                        RateMaximum = 6,
                    },
                ],
            },
            Analyses =
            [
                new SlopeAnalysis { Name = "slopes-52", ThroughWeek = 52, Covariates = [Covariates.Stratum] },
                new LogRank { Name = "log-rank-260", ThroughWeek = 260, Events = NaturalHistoryTargets.Death, StratifyBy = [Covariates.Stratum] },
            ],
        },
        Sources = MakeSources(),
        Targets = MakeTargets(),
        TargetVisitWeeks = [0, 26, 52, 260],
    };

    internal static Stratum A4vStratum => new()
    {
        Name = A4v,
        Weight = 63,
        BaselineScoreMean = 36,
        BaselineScoreSd = 6,
        DeclineRate = new LogNormalRate { Mean = 3.25, Sd = 1.8 },
        PreRandomisationSlope = new LogNormalRate { Mean = 3, Sd = 1.7 },
        NeurofilamentLightGeometricMean = 130,
        NeurofilamentLightLogSd = 0.6,
        AgeMeanYears = 50,
        AgeSdYears = 12.3,
        ResidualSd = 1.7,
        EventHazardMultiplier = 2,
        Correlations = Correlations(0, 0.4, 0.5),
        Inclusion = [new InclusionCriterion { Trait = Trait.BaselineScore, Minimum = 15, Maximum = 48 }],
    };

    private static Stratum OtherStratum => A4vStratum with
    {
        Name = Other,
        Weight = 110,
        BaselineScoreMean = 42,
        BaselineScoreSd = 4,
        DeclineRate = new LogNormalRate { Mean = 0.62, Sd = 0.9 },
        PreRandomisationSlope = new LogNormalRate { Mean = 0.6, Sd = 0.6 },
        NeurofilamentLightGeometricMean = 45,
        NeurofilamentLightLogSd = 0.65,
        ResidualSd = 1.5,
        EventHazardMultiplier = 4.8,
        Correlations = Correlations(-0.15, 0.5, 0.6),
    };

    // Those that are not given are what independence given the rate makes of them.
    private static ValueList<TraitCorrelation> Correlations(double withScore, double withSlope, double withNeurofilament) =>
    [
        new() { First = Trait.BaselineScore, Second = Trait.DeclineRate, Value = withScore },
        new() { First = Trait.DeclineRate, Second = Trait.PreRandomisationSlope, Value = withSlope },
        new() { First = Trait.DeclineRate, Second = Trait.NeurofilamentLight, Value = withNeurofilament },
        new() { First = Trait.PreRandomisationSlope, Second = Trait.NeurofilamentLight, Value = withSlope * withNeurofilament },
    ];

    private static ValueList<CalibrationTarget> MakeTargets() =>
    [
        NaturalHistoryTargets.Slope(
            "A4V, slope to week 26", -3.0, 0.4, 26, A4v,
            "Placebo arm of the arimoclomol trial in rapidly progressive SOD1-ALS, −3.0 (SE 0.4), n = 19: Benatar et al. 2018, Neurology 90:e565; secondary source"),
        NaturalHistoryTargets.Slope(
            "other variants, slope to week 52", -0.6, 0.1, 52, Other,
            "Worked out from " + Abstract + ": (0.9 · 175 · 4.6 − 3.0 to 3.6 · 63 · 1.4) / 717 years at risk; tolerance 1.3/√173"),
        NaturalHistoryTargets.SurvivalSinceOnset(
            "A4V, alive 1.2 years after onset", 0.5, 0.063, 14, A4v, Bali + ": median 1.2 years, n = 63" + BinomialError),
        NaturalHistoryTargets.SurvivalSinceOnset(
            "A4V, alive 2 years after onset", 0.19, 0.05, 24, A4v,
            Bali + ": duration 1.4 ± 0.7 years, read as a Weibull distribution of shape 2.1; tolerance √(0.19 · 0.81/63)"),
        NaturalHistoryTargets.SurvivalSinceOnset(
            "other variants, alive 6.8 years after onset", 0.5, 0.048, 82, Other, Bali + ": median 6.8 years, n = 110" + BinomialError),
        NaturalHistoryTargets.SurvivalSinceOnset(
            "all, alive 2.7 years after onset", 0.5, 0.038, 32, null, Bali + ": median 2.7 years, n = 173" + BinomialError),
    ];

    private static ValueList<ParameterSource> MakeSources()
    {
        const string Fit = "Fitted to the slope; METHODS.md, natural history";
        const string HazardFit = "Fitted to survival since onset; METHODS.md, natural history";
        const string Model = "The evidence sheet's model of death";
        const string Unused = "No part in the natural history; the library's default";
        return
        [
            Published(Stratum(0, "weight"), Abstract + ": 63 of 173 carried A4V"),
            Published(Stratum(1, "weight"), Abstract + ": the other 110 of 173"),
            Assumed(Stratum(0, "baselineScoreMean"), "As VALOR's fast stratum, half a year or less after onset; scores at entry are not published"),
            Assumed(Stratum(0, "baselineScoreSd"), "As VALOR's fast stratum; scores at entry are not published"),
            Assumed(Stratum(1, "baselineScoreMean"), "First visit near diagnosis, a median of 14.5 months after onset in Tang et al. 2019; scores at entry are not published"),
            Assumed(Stratum(1, "baselineScoreSd"), "Less than VALOR's 5.5, since everybody is early; scores at entry are not published"),
            .. Strata(Strata, "declineRate", SourceKind.Fitted, Fit),
            .. Strata(Strata, "preRandomisationSlope", SourceKind.Assumption, "Near the rate after entry; sets the months since onset, which are not published"),
            .. Strata(Strata, "neurofilamentLightGeometricMean", SourceKind.Assumption, "Judgement; faster disease, more neurofilament"),
            .. Strata(Strata, "neurofilamentLightLogSd", SourceKind.Assumption, "Judgement, as VALOR's strata"),
            .. Strata(Strata, "ageMeanYears", SourceKind.Derived, Bali + ": 49.7 years at onset, A4V and others alike; entry at the same age in whole years"),
            .. Strata(Strata, "ageSdYears", SourceKind.Published, Bali + ": 12.3 years"),
            .. Strata(Strata, "maleProbability", SourceKind.Assumption, Unused),
            .. Strata(Strata, "bulbarOnsetProbability", SourceKind.Assumption, "Not modelled for SOD1-ALS, where onset is mostly in a limb"),
            .. Strata(Strata, "riluzoleProbability", SourceKind.Assumption, Unused),
            .. Strata(Strata, "edaravoneProbability", SourceKind.Assumption, Unused),
            .. Strata(Strata, "vitalCapacityMeanPercent", SourceKind.Assumption, Unused),
            .. Strata(Strata, "vitalCapacitySdPercent", SourceKind.Assumption, Unused),
            .. Strata(Strata, "diagnosticDelayShareMinimum", SourceKind.Assumption, Unused),
            .. Strata(Strata, "diagnosticDelayShareMaximum", SourceKind.Assumption, Unused),
            .. Strata(Strata, "definiteElEscorialProbability", SourceKind.Assumption, Unused),
            .. Strata(Strata, "frontotemporalDementiaProbability", SourceKind.Assumption, Unused),
            .. Strata(Strata, "residualSd", SourceKind.Derived, "Reliability 0.95 (Kaufmann 2007) with a spread of 6 to 7 between patients: 1.3 to 1.7"),
            .. Strata(Strata, "eventHazardMultiplier", SourceKind.Fitted, HazardFit),
            .. Strata(Strata, "flatStartPoints", SourceKind.Assumption, "No flat start outside a trial"),
            .. Strata(Strata, "correlations", SourceKind.Assumption, "Judgement, as VALOR's strata; less for A4V, which is more uniform"),
            .. Strata(Strata, "inclusion", SourceKind.Assumption, "Keeps the latent score on the scale at entry"),
            Assumed("trajectory.attenuationScore", "Loss slows near the floor; the evidence sheet's model"),
            Published("design.participants", Abstract + ": 173 patients"),
            Assumed("design.allocation", "Both arms are untreated; halves"),
            Assumed("design.blockMultiple", "Both arms are untreated; halves"),
            Assumed("design.visitWeeks", "Five years, so that survival to 6.8 years after onset is seen"),
            Assumed("observation.events[0].perWeek", Model + "; a unit of the multipliers"),
            Assumed("observation.events[0].rateExponent", Model),
            Published("observation.events[0].scoreCoefficient", "Irish joint model: log hazard −0.066 a point (Rooney repository)"),
            Assumed("observation.events[0].referenceScore", "A unit of the level, not an assumption about the disease"),
            Assumed("observation.events[0].rateMinimum", Model),
            Assumed("observation.events[0].rateMaximum", Model),
            Assumed("observation.visitJitterSdDays", "Visits on schedule"),
            Assumed("observation.visitWindowDays", "Visits on schedule"),
            Assumed("observation.intermittentMissingProbability", "No visit missed"),
            Assumed("analyses", "Slopes and survival of two untreated halves: rejections are false alarms"),
        ];
    }
}
