using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using static Tofersen.Simulation.Calibrations.PresetSources;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Populations, events, sources and targets of <see cref="GeneralAls"/>.</summary>
internal static class GeneralAlsModel
{
    private const string ProAct = "pro-act";
    private const string Centaur = "centaur";
    private const string Confirmatory = "mci186-19";
    private const string RiluzoleTrials = "riluzole";
    private const int Strata = 4;

    /// <summary>Position of the population of the confirmatory edaravone trial.</summary>
    internal const int ConfirmatoryStratum = 2;

    private const string ProActSlope = "PRO-ACT: mean slope −0.99 points a month, n = 3,367";
    private const string CentaurTrial = "CENTAUR (sodium phenylbutyrate and taurursodiol), placebo arm";
    private const string ConfirmatoryTrial = "Confirmatory edaravone trial MCI186-19, placebo arm";
    private const string Cochrane = "Cochrane review of riluzole, 1,282 participants";
    private const string Irish = "Irish cohort, n = 526 (Rooney repository)";

    internal static PopulationModel Population => new()
    {
        Strata =
        [
            ProActStratum,
            ProActStratum with
            {
                Name = Centaur,
                BaselineScoreMean = 34.7,
                DeclineRate = new LogNormalRate { Mean = 1.55, Sd = 1.1 },
                PreRandomisationSlope = new LogNormalRate { Mean = 1.1, Sd = 0.6 },
                DefiniteElEscorialProbability = 1,
                EventHazardMultiplier = 2.5,
                Inclusion = [.. OnTheScale, Upper(Trait.MonthsSinceOnset, 18), Lower(Trait.SlowVitalCapacity, 60)],
            },
            ProActStratum with
            {
                Name = Confirmatory,
                BaselineScoreMean = 41.8,
                BaselineScoreSd = 1.5,
                DeclineRate = new LogNormalRate { Mean = 1.27, Sd = 0.93 },
                PreRandomisationSlope = new LogNormalRate { Mean = 0.6, Sd = 0.3 },
                VitalCapacityMeanPercent = 95,
                Inclusion = [.. OnTheScale, Upper(Trait.MonthsSinceOnset, 24), Lower(Trait.SlowVitalCapacity, 80)],
            },
            ProActStratum with { Name = RiluzoleTrials, RiluzoleProbability = 0, EventHazardMultiplier = 9.5 },
        ],
    };

    internal static ObservationModel Observation { get; } = new()
    {
        Events =
        [
            new ProgressionHazard
            {
                Kind = EventKind.Death,
                PerWeek = 0.001,
                RateExponent = 0.5,
                ScoreCoefficient = 0.066,
                ReferenceScore = 36,
                RateMinimum = 0.05,
                RateMaximum = 6,
            },
            new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = 0.0015 },
        ],
    };

    internal static ValueList<CalibrationTarget> Targets { get; } =
    [
        NaturalHistoryTargets.Slope(
            "PRO-ACT, slope to week 52", -0.99, 0.016, 52, ProAct,
            ProActSlope + "; tolerance 0.9/√3,367, the SD being remembered, not checked"),
        NaturalHistoryTargets.Slope(
            "CENTAUR placebo, slope to week 24", -1.66, 0.16, 24, Centaur,
            CentaurTrial + ": −1.66 (SE 0.16), n = 48"),
        NaturalHistoryTargets.Score(
            "CENTAUR placebo, score at week 24", 26.73, 0.88, 24, Centaur,
            CentaurTrial + ": 26.73; standard error from the interval of the difference, 0.18 to 4.47, with 87 and 48 participants"),
        NaturalHistoryTargets.Survival(
            "CENTAUR placebo, alive at 18.9 months", 0.5, 0.072, TrialDesign.ControlArm, 82, Centaur,
            CentaurTrial + ": median 18.9 months, n = 48, many on active drug in the extension; tolerance √(0.25/n)"),
        NaturalHistoryTargets.Score(
            "edaravone trial placebo, score at baseline", 41.8, 0.27, 0, Confirmatory,
            ConfirmatoryTrial + ": 41.8 (SD 2.2); tolerance 2.2/√n with n = 68 as remembered, not checked"),
        NaturalHistoryTargets.Score(
            "edaravone trial placebo, score at week 24", 34.8, 0.54, 24, Confirmatory,
            ConfirmatoryTrial + ": 34.8 (SD 5.8) among those continuing; standard error from the interval of the difference, 0.99 to 3.98, over √2"),
        NaturalHistoryTargets.ScoreSd(
            "edaravone trial placebo, SD of the score at week 24", 5.8, 0.5, 24, Confirmatory,
            ConfirmatoryTrial + ": SD 5.8; tolerance 5.8/√(2n) with n = 68 as remembered, not checked"),
        NaturalHistoryTargets.Survival(
            "placebo of the riluzole trials, alive at a year", 0.49, 0.02, TrialDesign.ControlArm, 52, RiluzoleTrials,
            Cochrane + ": 49 %; tolerance √(0.25/641), half of the participants"),
        NaturalHistoryTargets.Survival(
            "riluzole, alive at a year", 0.58, 0.02, TrialDesign.ActiveArm, 52, RiluzoleTrials,
            Cochrane + ": 58 %; tolerance √(0.25/641), half of the participants"),
        NaturalHistoryTargets.HazardRatio(
            "riluzole, hazard ratio of death over a year", 0.84, 0.767, 0.92, 52, RiluzoleTrials,
            Cochrane + ": 0.84 (0.698 to 0.997); one standard error of its logarithm, 0.091. The year's survivals alone would give 0.76"),
    ];

    internal static ValueList<CalibrationTarget> EdaravoneTargets { get; } =
    [
        .. Targets.Where(t => t.Name.StartsWith("edaravone trial placebo", StringComparison.Ordinal)),
        Calibrations.Targets.Within(
            "edaravone − placebo, change at week 24",
            TargetKind.Function,
            "points",
            2.49,
            0.76,
            ConfirmatoryTrial + ": 2.49 (0.99 to 3.98)",
            courses => Calibrations.Targets.Gap(courses, 24, Confirmatory)),
        Calibrations.Targets.Within(
            "edaravone, score at week 24",
            TargetKind.Function,
            "points",
            37.8,
            0.6,
            "Confirmatory edaravone trial MCI186-19: 37.8 (SD 4.9) among those continuing; tolerance 4.9/√n with n = 69 as remembered, not checked",
            courses => Calibrations.Targets.Mean(courses.CompleteScore(TrialDesign.ActiveArm, 24, Confirmatory))),
    ];

    internal static ValueList<ParameterSource> Sources { get; } = MakeSources();

    /// <summary>Those of the confirmatory trial's population, which is the only one here, with the comparator's own.</summary>
    internal static ValueList<ParameterSource> EdaravoneSources { get; } =
    [
        .. Sources
            .Where(s => s.Path.StartsWith(Stratum(ConfirmatoryStratum, ""), StringComparison.Ordinal))
            .Select(s => s with { Path = s.Path.Replace(Stratum(ConfirmatoryStratum, ""), Stratum(0, ""), StringComparison.Ordinal) }),
        .. Sources.Where(s => s.Path.StartsWith("trajectory.", StringComparison.Ordinal) || s.Path.StartsWith("observation.", StringComparison.Ordinal)),
        Fitted("effect.maxReduction", "Confirmatory edaravone trial MCI186-19: 2.49 of 7.5 points in 24 weeks by the model, 3.0 between the means of those who continued"),
        Assumed("effect.lagWeeks", "At once; nothing is published"),
        Assumed("effect.halfTimeWeeks", "At once; nothing is published"),
        Assumed("effect.washoutHalfTimeWeeks", "At once; nothing is published"),
        Assumed("design.participants", "137 participants as remembered, not checked"),
        Assumed("design.allocation", "Balanced arms, 1:1"),
        Assumed("design.blockMultiple", "Blocks of two, the smallest"),
        Assumed("design.visitWeeks", "Every 4 weeks, one a treatment cycle"),
        Assumed("analyses", "The choice of analyses is ours"),
    ];

    private static Stratum ProActStratum => new()
    {
        Name = ProAct,
        Weight = 100,
        BaselineScoreMean = 37,
        BaselineScoreSd = 6,
        DeclineRate = new LogNormalRate { Mean = 1.055, Sd = 0.9 },
        PreRandomisationSlope = new LogNormalRate { Mean = 0.82, Sd = 0.7 },
        NeurofilamentLightGeometricMean = 60,
        NeurofilamentLightLogSd = 0.7,
        AgeMeanYears = 64.7,
        AgeSdYears = 9.8,
        BulbarOnsetProbability = 0.308,
        RiluzoleProbability = 0.7,
        ResidualSd = 1.6,
        Correlations =
        [
            Pair(Trait.BaselineScore, Trait.DeclineRate, -0.1),
            Pair(Trait.DeclineRate, Trait.PreRandomisationSlope, 0.45),
            Pair(Trait.DeclineRate, Trait.NeurofilamentLight, 0.6),
            Pair(Trait.PreRandomisationSlope, Trait.NeurofilamentLight, 0.27),
        ],
        Inclusion = OnTheScale,
    };

    private static ValueList<InclusionCriterion> OnTheScale =>
        [new InclusionCriterion { Trait = Trait.BaselineScore, Minimum = 15, Maximum = 48 }];

    private static InclusionCriterion Upper(Trait trait, double value) => new() { Trait = trait, Maximum = value };

    private static InclusionCriterion Lower(Trait trait, double value) => new() { Trait = trait, Minimum = value };

    private static TraitCorrelation Pair(Trait first, Trait second, double value) =>
        new() { First = first, Second = second, Value = value };

    private static ValueList<ParameterSource> MakeSources()
    {
        const string Fit = "; METHODS.md, natural history";
        const string Unused = "No part in the course of function and survival; the library's default";
        const string Criteria = "Entry criteria as remembered, not checked; and the latent score kept on the scale";
        const string Model = "The evidence sheet's model of death";
        return
        [
            .. Strata(Strata, "weight", SourceKind.Assumption, "As many of each population; they are separate worlds, not shares of one"),
            Assumed(Stratum(0, "baselineScoreMean"), "Between the Irish 36.6 at first visit and the pooled 37 remembered from trials, not checked"),
            Fitted(Stratum(1, "baselineScoreMean"), CentaurTrial + ": 26.73 + 1.66 · 5.52 months" + Fit),
            Published(Stratum(2, "baselineScoreMean"), ConfirmatoryTrial + ": 41.8"),
            Assumed(Stratum(3, "baselineScoreMean"), "As PRO-ACT; the riluzole trials used other scales"),
            Assumed(Stratum(0, "baselineScoreSd"), "A little below the Irish 7.07, since trials are selective"),
            Assumed(Stratum(1, "baselineScoreSd"), "As the PRO-ACT pool"),
            Derived(Stratum(2, "baselineScoreSd"), ConfirmatoryTrial + ": observed 2.2, less the residual SD of 1.6"),
            Assumed(Stratum(3, "baselineScoreSd"), "As PRO-ACT; the riluzole trials used other scales"),
            Fitted(Stratum(0, "declineRate"), ProActSlope + "; SD 0.9 within the 0.85 to 1.1 of trials" + Fit),
            Fitted(Stratum(1, "declineRate"), CentaurTrial + ": slope −1.66, SD 0.16 · √48" + Fit),
            Fitted(Stratum(2, "declineRate"), ConfirmatoryTrial + ": mean and SD of the score at week 24" + Fit),
            Assumed(Stratum(3, "declineRate"), "As PRO-ACT; the riluzole trials used other scales"),
            Derived(Stratum(0, "preRandomisationSlope"), Irish + ": −0.82 points a month from onset; the spread is an assumption"),
            Assumed(Stratum(1, "preRandomisationSlope"), "Scores lost within the 18 months since onset"),
            Assumed(Stratum(2, "preRandomisationSlope"), "Scores lost within the 24 months since onset"),
            Assumed(Stratum(3, "preRandomisationSlope"), "As the PRO-ACT pool"),
            .. Strata(Strata, "neurofilamentLightGeometricMean", SourceKind.Assumption, "Judgement; no part in the course"),
            .. Strata(Strata, "neurofilamentLightLogSd", SourceKind.Assumption, "Judgement; no part in the course"),
            .. Strata(Strata, "ageMeanYears", SourceKind.Published, Irish + ": 64.7 years; trials enrol younger participants"),
            .. Strata(Strata, "ageSdYears", SourceKind.Published, Irish + ": 9.8 years"),
            .. Strata(Strata, "maleProbability", SourceKind.Assumption, Unused),
            .. Strata(Strata, "bulbarOnsetProbability", SourceKind.Published, Irish + ": 30.8 %"),
            .. Strata(Strata, "riluzoleProbability", SourceKind.Assumption, "Background use, without effect here; none in the riluzole trials"),
            .. Strata(Strata, "edaravoneProbability", SourceKind.Assumption, Unused),
            .. Strata(Strata, "vitalCapacityMeanPercent", SourceKind.Assumption, "Judgement; higher where trials ask for 80 %"),
            .. Strata(Strata, "vitalCapacitySdPercent", SourceKind.Assumption, "Judgement; the library's default"),
            .. Strata(Strata, "diagnosticDelayShareMinimum", SourceKind.Assumption, "With the upper share near the Irish median delay of 10.7 months"),
            .. Strata(Strata, "diagnosticDelayShareMaximum", SourceKind.Assumption, "With the lower share near the Irish median delay of 10.7 months"),
            .. Strata(Strata, "definiteElEscorialProbability", SourceKind.Assumption, "CENTAUR asked for definite ALS, as remembered, not checked; no part in the course"),
            .. Strata(Strata, "frontotemporalDementiaProbability", SourceKind.Assumption, Unused),
            .. Strata(Strata, "residualSd", SourceKind.Derived, "Rooney's simulation settings √2.4 = 1.55; reliability 0.95 gives 1.3 to 1.7"),
            .. Strata(Strata, "eventHazardMultiplier", SourceKind.Fitted, "CENTAUR's median survival and the riluzole trials' year; 1 elsewhere" + Fit),
            .. Strata(Strata, "flatStartPoints", SourceKind.Assumption, "No flat start"),
            .. Strata(Strata, "correlations", SourceKind.Assumption, "Judgement; PRO-ACT reports that slopes before and after baseline are correlated"),
            .. Strata(Strata, "inclusion", SourceKind.Assumption, Criteria),
            Assumed("trajectory.attenuationScore", "Loss slows near the floor; the evidence sheet's model"),
            Fitted("effect.hazardRatio", Cochrane + ": 0.84 (0.698 to 0.997) over the population, which a participant's own ratio of 0.80 gives" + Fit),
            Assumed("design.participants", "A hundred of each population"),
            Assumed("design.allocation", "Balanced arms, 1:1"),
            Assumed("design.blockMultiple", "Blocks of two, the smallest"),
            Assumed("design.visitWeeks", "Every 4 weeks to week 24, then fewer"),
            Assumed("observation.events[0].perWeek", Model + "; a unit of the multipliers"),
            Assumed("observation.events[0].rateExponent", "As fitted to VALOR"),
            Published("observation.events[0].scoreCoefficient", "Irish joint model: log hazard −0.066 a point (Rooney repository)"),
            Assumed("observation.events[0].referenceScore", "A unit of the level, not an assumption about the disease"),
            Assumed("observation.events[0].rateMinimum", Model),
            Assumed("observation.events[0].rateMaximum", Model),
            Assumed("observation.events[1].perWeek", "Judgement; the evidence sheet's default for other withdrawals"),
            Assumed("observation.visitJitterSdDays", "Visits on schedule"),
            Assumed("observation.visitWindowDays", "Visits on schedule"),
            Assumed("observation.intermittentMissingProbability", "No visit missed"),
            Assumed("analyses", "Survival by arm, and slopes, on which riluzole has no effect"),
        ];
    }
}
