using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Calibrations;

/// <summary>What VALOR and its extension have in common: population, disease, effect and events, with their sources.</summary>
internal static class ValorModel
{
    internal const string Fast = "fast";
    internal const string Slow = "slow";

    private const string Fit = "Fitted to the published week-12 to week-148 means and the week-28 spread; METHODS.md, calibration";
    private const string EventFit = "Fitted to the published event-free proportions and retention; METHODS.md, calibration";
    private const string Clinical = "Only for the TRICALS risk profile, which VALOR did not use; the library's default";
    private const string Nejm2022 = "Miller et al. 2022, NEJM 387:1099 (VALOR)";

    /// <summary>The published visits: weeks 0 to 28 of VALOR.</summary>
    internal static ValueList<double> ValorVisits => [0, 2, 4, 8, 12, 16, 20, 24, 28];

    internal static PopulationModel Population => new()
    {
        Strata =
        [
            FastStratum,
            FastStratum with
            {
                Name = Slow,
                Weight = 48,
                BaselineScoreMean = 38.5,
                BaselineScoreSd = 5.5,
                DeclineRate = new LogNormalRate { Mean = 0.42, Sd = 0.75 },
                PreRandomisationSlope = new LogNormalRate { Mean = 0.6, Sd = 0.45 },
                NeurofilamentLightGeometricMean = 45,
                EventHazardMultiplier = 0.2,
                FlatStartPoints = 0.7,
                Inclusion = [ScoreOnTheScale],
            },
        ],
    };

    internal static ITrajectoryModel Trajectory { get; } = new FlatStart
    {
        Underlying = new AttenuatedDecline { AttenuationScore = 12 },
        FullByWeeks = 8,
        GoneAfterWeeks = 12,
    };

    internal static ITreatmentEffect Effect { get; } = new SlopeReduction
    {
        MaxReduction = 0.8,
        LagWeeks = 4,
        HalfTimeWeeks = 12,
        WashoutHalfTimeWeeks = 12,
    };

    internal static ObservationModel Observation { get; } = new()
    {
        Events =
        [
            Progression(EventKind.Death, 7),
            Progression(EventKind.PermanentVentilation, 8),
            Progression(EventKind.WithdrawalForProgression, 8),
            new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = 0.0019 },
        ],
    };

    internal static ValueList<ParameterSource> Sources { get; } =
    [
        Source("population.strata[0].weight", SourceKind.Published, "Faster-progressing subgroup, 60 of 108; sponsor slides of October 2021"),
        Source("population.strata[1].weight", SourceKind.Published, "The other 48 of 108; sponsor slides of October 2021"),
        .. BothStrata("baselineScoreMean", SourceKind.Assumption, "Pooled 37 as remembered from VALOR's table 1, not checked; split by stratum by judgement"),
        .. BothStrata("baselineScoreSd", SourceKind.Assumption, "Pooled 5.9 as remembered from VALOR's table 1, not checked; Irish cohort 7.1 (Rooney repository)"),
        .. BothStrata("declineRate", SourceKind.Fitted, Fit),
        .. BothStrata("preRandomisationSlope", SourceKind.Assumption, "Median months since onset near the 11.4 and 14.6 remembered from VALOR's table 1, not checked"),
        .. BothStrata("neurofilamentLightGeometricMean", SourceKind.Assumption, "Set so that the pooled mean is near 100 pg/mL, as remembered from VALOR's table 1, not checked"),
        .. BothStrata("neurofilamentLightLogSd", SourceKind.Assumption, "From the spread remembered from VALOR's table 1, not checked"),
        .. BothStrata("ageMeanYears", SourceKind.Published, "Mean age 49.8 years (range 23 to 78) at VALOR's baseline; secondary source"),
        .. BothStrata("ageSdYears", SourceKind.Derived, "12.6 and 11.6 years in the early and delayed arms; sponsor slides of October 2021"),
        .. BothStrata("maleProbability", SourceKind.Published, "57 % male at VALOR's baseline; secondary source"),
        .. BothStrata("bulbarOnsetProbability", SourceKind.Assumption, "Not modelled for SOD1-ALS, where onset is mostly in a limb"),
        .. BothStrata("riluzoleProbability", SourceKind.Assumption, "62 % as remembered from VALOR's table 1, not checked; no effect on the course"),
        .. BothStrata("edaravoneProbability", SourceKind.Assumption, "8 % as remembered from VALOR's table 1, not checked; no effect on the course"),
        .. BothStrata("vitalCapacityMeanPercent", SourceKind.Assumption, Clinical),
        .. BothStrata("vitalCapacitySdPercent", SourceKind.Assumption, Clinical),
        .. BothStrata("diagnosticDelayShareMinimum", SourceKind.Assumption, Clinical),
        .. BothStrata("diagnosticDelayShareMaximum", SourceKind.Assumption, Clinical),
        .. BothStrata("definiteElEscorialProbability", SourceKind.Assumption, Clinical),
        .. BothStrata("frontotemporalDementiaProbability", SourceKind.Assumption, Clinical),
        .. BothStrata("residualSd", SourceKind.Derived, "1.5 to 1.9 from the growth of the spread between weeks 12 and 28; upper end taken in the fit"),
        .. BothStrata("eventHazardMultiplier", SourceKind.Fitted, "None of 48 slow participants had an event by week 52 (July 2021 cut); " + EventFit),
        .. BothStrata("flatStartPoints", SourceKind.Fitted, "Both arms lose little before week 8 (" + Nejm2022 + " and sponsor slides); " + Fit),
        .. BothStrata("correlations[0]", SourceKind.Assumption, "Judgement; Irish cohort −0.09 (Rooney repository)"),
        .. BothStrata("correlations[1]", SourceKind.Assumption, "Judgement; PRO-ACT reports that slopes before and after baseline are correlated"),
        .. BothStrata("correlations[2]", SourceKind.Derived, "Witzel et al. 2021, PMC8390195: multivariable R = 0.67"),
        .. BothStrata("correlations[3]", SourceKind.Derived, "Independence given the rate: product of the two correlations with it"),
        .. BothStrata("correlations[4]", SourceKind.Derived, "Independence given the rate: product of the two correlations with it"),
        .. BothStrata("correlations[5]", SourceKind.Derived, "Independence given the rate: product of the two correlations with it"),
        .. BothStrata("inclusion[0]", SourceKind.Assumption, "Keeps the latent score on the scale; VALOR set no limits on the score itself that are known to us"),
        Source("population.strata[0].inclusion[1]", SourceKind.Assumption, "VALOR's fast criterion asks for a slope of 0.2 or more with a listed variant; as remembered"),
        Source("trajectory.underlying.attenuationScore", SourceKind.Assumption, "Loss slows near the floor; the evidence sheet's model"),
        Source("trajectory.fullByWeeks", SourceKind.Fitted, Fit),
        Source("trajectory.goneAfterWeeks", SourceKind.Fitted, Fit),
        Source("effect.maxReduction", SourceKind.Fitted, "Sensible range 0.4 to 0.8; " + Fit),
        Source("effect.lagWeeks", SourceKind.Assumption, "SOD1 falls before function changes; sensible range 2 to 8 weeks"),
        Source("effect.halfTimeWeeks", SourceKind.Assumption, "Neurofilament falls until about week 16 (US label); sensible range 8 to 20 weeks"),
        Source("effect.washoutHalfTimeWeeks", SourceKind.Assumption, "No data; as fast as the onset"),
        .. Hazards("perWeek", SourceKind.Fitted, "7 deaths, 8 permanent ventilations, 8 withdrawals for progression (July 2021 cut) share the level; " + EventFit),
        .. Hazards("rateExponent", SourceKind.Fitted, EventFit),
        .. Hazards("scoreCoefficient", SourceKind.Assumption, "Steeper than the Irish death-only 0.066 a point, because ventilation and withdrawal follow function"),
        .. Hazards("referenceScore", SourceKind.Assumption, "Near the mean at baseline; a unit of the level, not an assumption about the disease"),
        .. Hazards("rateMinimum", SourceKind.Assumption, "Keeps the hazard off zero; the evidence sheet's model"),
        .. Hazards("rateMaximum", SourceKind.Assumption, "Keeps the hazard finite; the evidence sheet's model"),
        Source("observation.events[3].perWeek", SourceKind.Fitted, "All-cause attrition was 0.004 to 0.0055 a week in the extension; " + EventFit),
        Source("observation.visitJitterSdDays", SourceKind.Assumption, "Visits on schedule; nothing is published"),
        Source("observation.visitWindowDays", SourceKind.Assumption, "Visits on schedule; nothing is published"),
        Source("observation.intermittentMissingProbability", SourceKind.Assumption, "No visit missed; nothing is published"),
        Source("analyses", SourceKind.Assumption, "Visits, levels and covariates after VALOR's label notes and the 12-month results; the choice of analyses is ours"),
        Source("design.participants", SourceKind.Published, Nejm2022 + ": 108 randomised"),
        Source("design.allocation", SourceKind.Published, Nejm2022 + ": 2:1"),
        Source("design.blockMultiple", SourceKind.Assumption, "Twice the terms of the ratio, 6 at 2:1; the block size is not published"),
        Source("design.visitWeeks", SourceKind.Published, "Visits of the published curves; every 12 weeks in the extension"),
    ];

    private static Stratum FastStratum => new()
    {
        Name = Fast,
        Weight = 60,
        BaselineScoreMean = 36,
        BaselineScoreSd = 6,
        DeclineRate = new LogNormalRate { Mean = 1.7, Sd = 2.6 },
        PreRandomisationSlope = new LogNormalRate { Mean = 1.7, Sd = 1.5 },
        NeurofilamentLightGeometricMean = 110,
        NeurofilamentLightLogSd = 0.65,
        AgeMeanYears = 49.8,
        AgeSdYears = 12.3,
        MaleProbability = 0.57,
        RiluzoleProbability = 0.62,
        EdaravoneProbability = 0.08,
        ResidualSd = 1.9,
        FlatStartPoints = 2,
        Correlations = Correlations,
        Inclusion =
        [
            ScoreOnTheScale,
            new InclusionCriterion { Trait = Trait.PreRandomisationSlope, Minimum = 0.2, Maximum = 48 },
        ],
    };

    private static InclusionCriterion ScoreOnTheScale => new() { Trait = Trait.BaselineScore, Minimum = 15, Maximum = 48 };

    private static ValueList<TraitCorrelation> Correlations =>
    [
        Pair(Trait.BaselineScore, Trait.DeclineRate, -0.15),
        Pair(Trait.DeclineRate, Trait.PreRandomisationSlope, 0.5),
        Pair(Trait.DeclineRate, Trait.NeurofilamentLight, 0.6),
        Pair(Trait.BaselineScore, Trait.PreRandomisationSlope, -0.075),
        Pair(Trait.BaselineScore, Trait.NeurofilamentLight, -0.09),
        Pair(Trait.PreRandomisationSlope, Trait.NeurofilamentLight, 0.3),
    ];

    internal static ParameterSource Source(string path, SourceKind kind, string citation) =>
        new() { Path = path, Kind = kind, Citation = citation };

    private static TraitCorrelation Pair(Trait first, Trait second, double value) =>
        new() { First = first, Second = second, Value = value };

    // The composite hazard is 0.002 a week; the 23 events of the July 2021 cut share it out.
    private static ProgressionHazard Progression(EventKind kind, int share) => new()
    {
        Kind = kind,
        PerWeek = 0.002 * share / 23,
        RateExponent = 0.5,
        ScoreCoefficient = 0.12,
        ReferenceScore = 36,
        RateMinimum = 0.05,
        RateMaximum = 6,
    };

    private static IEnumerable<ParameterSource> BothStrata(string property, SourceKind kind, string citation) =>
        [Source($"population.strata[0].{property}", kind, citation), Source($"population.strata[1].{property}", kind, citation)];

    private static IEnumerable<ParameterSource> Hazards(string property, SourceKind kind, string citation) =>
        Enumerable.Range(0, 3).Select(i => Source($"observation.events[{i}].{property}", kind, citation));
}
