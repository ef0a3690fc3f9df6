using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios.Sequential;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of every specification. Names carry units, as the properties do; ranges are those that the properties
/// check.</summary>
internal static class Shapes
{
    private static readonly NumberShape Week = new(0, 2_000);

    private static readonly UnionShape<RateDistribution> Rate = new UnionShape<RateDistribution>("rateDistribution", "type")
        .Case(new RecordShape<LogNormalRate>("logNormal", new LogNormalRate { Mean = 1, Sd = 1 })
            .Number("mean", x => x.Mean, (x, v) => x with { Mean = v }, 0, 48, aboveMinimum: true, required: true)
            .Number("sd", x => x.Sd, (x, v) => x with { Sd = v }, 0, 48, required: true))
        .Case(new RecordShape<GammaRate>("gamma", new GammaRate { Mean = 1, Sd = 1 })
            .Number("mean", x => x.Mean, (x, v) => x with { Mean = v }, 0, 48, aboveMinimum: true, required: true)
            .Number("sd", x => x.Sd, (x, v) => x with { Sd = v }, 0, 48, aboveMinimum: true, required: true))
        .Case(new RecordShape<NormalRate>("normal", new NormalRate { Mean = 1, Sd = 1 })
            .Number("mean", x => x.Mean, (x, v) => x with { Mean = v }, -48, 48, required: true)
            .Number("sd", x => x.Sd, (x, v) => x with { Sd = v }, 0, 48, required: true))
        .Case(NaturalHistoryShapes.LatentClassRate());

    private static readonly ChoiceShape<Trait> DrawnTrait = new(
        Trait.BaselineScore,
        Trait.DeclineRate,
        Trait.PreRandomisationSlope,
        Trait.NeurofilamentLight,
        Trait.Age,
        Trait.SlowVitalCapacity);

    private static readonly RecordShape<TraitCorrelation> Correlation =
        new RecordShape<TraitCorrelation>("traitCorrelation", new TraitCorrelation { First = 0, Second = 0, Value = 0 })
            .Add("first", DrawnTrait, x => x.First, (x, v) => x with { First = v }, required: true)
            .Add("second", DrawnTrait, x => x.Second, (x, v) => x with { Second = v }, required: true)
            .Number("value", x => x.Value, (x, v) => x with { Value = v }, -1, 1, required: true);

    private static readonly RecordShape<InclusionCriterion> Criterion =
        new RecordShape<InclusionCriterion>("inclusionCriterion", new InclusionCriterion { Trait = 0 })
            .Choice("trait", x => x.Trait, (x, v) => x with { Trait = v }, required: true)
            .Number("minimum", x => x.Minimum, (x, v) => x with { Minimum = v }, -1e6, 1e6)
            .Number("maximum", x => x.Maximum, (x, v) => x with { Maximum = v }, -1e6, 1e6);

    private static readonly RecordShape<Stratum> StratumShape =
        new RecordShape<Stratum>("stratum", Prototype)
            .Text("name", x => x.Name, (x, v) => x with { Name = v }, required: true)
            .Number("weight", x => x.Weight, (x, v) => x with { Weight = v }, 0, 1e6, aboveMinimum: true, required: true)
            .Number("baselineScoreMean", x => x.BaselineScoreMean, (x, v) => x with { BaselineScoreMean = v }, 0, 48, required: true)
            .Number("baselineScoreSd", x => x.BaselineScoreSd, (x, v) => x with { BaselineScoreSd = v }, 0, 48, required: true)
            .Add("declineRate", Rate, x => x.DeclineRate, (x, v) => x with { DeclineRate = v }, required: true)
            .Add("preRandomisationSlope", Rate, x => x.PreRandomisationSlope, (x, v) => x with { PreRandomisationSlope = v })
            .Number(
                "neurofilamentLightGeometricMean",
                x => x.NeurofilamentLightGeometricMean,
                (x, v) => x with { NeurofilamentLightGeometricMean = v },
                0,
                10_000,
                aboveMinimum: true)
            .Number("neurofilamentLightLogSd", x => x.NeurofilamentLightLogSd, (x, v) => x with { NeurofilamentLightLogSd = v }, 0, 5)
            .Number("ageMeanYears", x => x.AgeMeanYears, (x, v) => x with { AgeMeanYears = v }, 18, 100)
            .Number("ageSdYears", x => x.AgeSdYears, (x, v) => x with { AgeSdYears = v }, 0, 50)
            .Number("maleProbability", x => x.MaleProbability, (x, v) => x with { MaleProbability = v }, 0, 1)
            .Number("bulbarOnsetProbability", x => x.BulbarOnsetProbability, (x, v) => x with { BulbarOnsetProbability = v }, 0, 1)
            .Number("riluzoleProbability", x => x.RiluzoleProbability, (x, v) => x with { RiluzoleProbability = v }, 0, 1)
            .Number("edaravoneProbability", x => x.EdaravoneProbability, (x, v) => x with { EdaravoneProbability = v }, 0, 1)
            .Number("vitalCapacityMeanPercent", x => x.VitalCapacityMeanPercent, (x, v) => x with { VitalCapacityMeanPercent = v }, 10, 200)
            .Number("vitalCapacitySdPercent", x => x.VitalCapacitySdPercent, (x, v) => x with { VitalCapacitySdPercent = v }, 0, 100)
            .Number("diagnosticDelayShareMinimum", x => x.DiagnosticDelayShareMinimum, (x, v) => x with { DiagnosticDelayShareMinimum = v }, 0, 1)
            .Number("diagnosticDelayShareMaximum", x => x.DiagnosticDelayShareMaximum, (x, v) => x with { DiagnosticDelayShareMaximum = v }, 0, 1)
            .Number("definiteElEscorialProbability", x => x.DefiniteElEscorialProbability, (x, v) => x with { DefiniteElEscorialProbability = v }, 0, 1)
            .Number("frontotemporalDementiaProbability", x => x.FrontotemporalDementiaProbability, (x, v) => x with { FrontotemporalDementiaProbability = v }, 0, 1)
            .Number("residualSd", x => x.ResidualSd, (x, v) => x with { ResidualSd = v }, 0, 24, required: true)
            .Number("eventHazardMultiplier", x => x.EventHazardMultiplier, (x, v) => x with { EventHazardMultiplier = v }, 0, 1000)
            .Number("flatStartPoints", x => x.FlatStartPoints, (x, v) => x with { FlatStartPoints = v }, -24, 24)
            .Add("correlations", new ListShape<TraitCorrelation>(Correlation), x => x.Correlations, (x, v) => x with { Correlations = v })
            .Add("inclusion", new ListShape<InclusionCriterion>(Criterion), x => x.Inclusion, (x, v) => x with { Inclusion = v });

    private static readonly UnionShape<IPopulationModel> Population = new UnionShape<IPopulationModel>("population", "type")
        .Case(new RecordShape<PopulationModel>("strata", new PopulationModel { Strata = [Prototype] })
            .Choice("composition", x => x.Composition, (x, v) => x with { Composition = v })
            .Add(
                "strata",
                new ListShape<Stratum>(StratumShape, s => s.Name),
                x => x.Strata,
                (x, v) => x with { Strata = v },
                required: true))
        .Case(PresymptomaticShapes.Population(Rate));

    private static readonly UnionShape<ITrajectoryModel> Trajectory = MakeTrajectory();

    private static readonly RecordShape<EffectFading> Fading =
        new RecordShape<EffectFading>("effectFading", new EffectFading { AfterWeeks = 0, HalfTimeWeeks = 1 })
            .Number("afterWeeks", x => x.AfterWeeks, (x, v) => x with { AfterWeeks = v }, 0, 2_000, required: true)
            .Number("halfTimeWeeks", x => x.HalfTimeWeeks, (x, v) => x with { HalfTimeWeeks = v }, 0, 2_000, aboveMinimum: true, required: true);

    private static readonly UnionShape<ITreatmentEffect> Effect = MakeEffect();

    private static readonly RecordShape<AllocationRatio> Allocation =
        new RecordShape<AllocationRatio>("allocationRatio", new AllocationRatio(1, 1))
            .Integer("active", x => x.Active, (x, v) => new AllocationRatio(v, x.Control), 1, 100, required: true)
            .Integer("control", x => x.Control, (x, v) => new AllocationRatio(x.Active, v), 1, 100, required: true);

    private static readonly UnionShape<TrialDesign> Design = new UnionShape<TrialDesign>("design", "type")
        .Case(WithCommon(new RecordShape<ParallelGroup>("parallelGroup", new ParallelGroup { Participants = 2, VisitWeeks = [0, 1] }))
            .AddOptional(
                "treatmentWeeks",
                new NumberShape(0, 2_000, aboveMinimum: true),
                x => x.TreatmentWeeks,
                (x, v) => x with { TreatmentWeeks = (double)v })
            .Text("activeName", x => x.ActiveName, (x, v) => x with { ActiveName = v })
            .Text("controlName", x => x.ControlName, (x, v) => x with { ControlName = v }))
        .Case(WithCommon(new RecordShape<DelayedStart>(
            "delayedStart", new DelayedStart { Participants = 2, VisitWeeks = [0, 1], SwitchWeeks = 1 }))
            .Number("switchWeeks", x => x.SwitchWeeks, (x, v) => x with { SwitchWeeks = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Number("entryProbability", x => x.EntryProbability, (x, v) => x with { EntryProbability = v }, 0, 1)
            .Number("gapMinimumWeeks", x => x.GapMinimumWeeks, (x, v) => x with { GapMinimumWeeks = v }, 0, 520)
            .Number("gapMaximumWeeks", x => x.GapMaximumWeeks, (x, v) => x with { GapMaximumWeeks = v }, 0, 520)
            .Flag("earlyStartBridgesGap", x => x.EarlyStartBridgesGap, (x, v) => x with { EarlyStartBridgesGap = v })
            .Text("earlyName", x => x.EarlyName, (x, v) => x with { EarlyName = v })
            .Text("delayedName", x => x.DelayedName, (x, v) => x with { DelayedName = v }))
        .Case(WithCommon(new RecordShape<DoseRanging>("doseRanging", new DoseRanging { Participants = 2, VisitWeeks = [0, 1], Cohorts = [Cohort] }))
            .Add("cohorts", new ListShape<DoseCohort>(CohortShape()), x => x.Cohorts, (x, v) => x with { Cohorts = v }, required: true)
            .AddOptional(
                "treatmentWeeks",
                new NumberShape(0, 2_000, aboveMinimum: true),
                x => x.TreatmentWeeks,
                (x, v) => x with { TreatmentWeeks = (double)v })
            .Text("controlName", x => x.ControlName, (x, v) => x with { ControlName = v }))
        .Case(WithCommon(new RecordShape<PresymptomaticTrial>("presymptomatic", new PresymptomaticTrial { Participants = 2, VisitWeeks = [0, 1] }, "presymptomaticTrial"))
            .Number("openLabelDelayWeeks", x => x.OpenLabelDelayWeeks, (x, v) => x with { OpenLabelDelayWeeks = v }, 0, 520)
            .Flag("treatsConverters", x => x.TreatsConverters, (x, v) => x with { TreatsConverters = v })
            .Text("activeName", x => x.ActiveName, (x, v) => x with { ActiveName = v })
            .Text("controlName", x => x.ControlName, (x, v) => x with { ControlName = v }));

    private static readonly RecordShape<ObservationModel> Observation =
        new RecordShape<ObservationModel>("observation", new ObservationModel())
            .Add("events", new ListShape<EventHazard>(HazardShapes.Hazard), x => x.Events, (x, v) => x with { Events = v })
            .Number("visitJitterSdDays", x => x.VisitJitterSdDays, (x, v) => x with { VisitJitterSdDays = v }, 0, 100)
            .Number("visitWindowDays", x => x.VisitWindowDays, (x, v) => x with { VisitWindowDays = v }, 0, 100)
            .Number(
                "intermittentMissingProbability",
                x => x.IntermittentMissingProbability,
                (x, v) => x with { IntermittentMissingProbability = v },
                0,
                1)
            .AddOptional(
                "intermittentMissingness",
                MissingDataShapes.Intermittent,
                x => x.IntermittentMissingness,
                (x, v) => x with { IntermittentMissingness = (IntermittentMissingness)v },
                isRemovable: true)
            .Add(
                "missedVisitBlocks",
                new ListShape<MissedVisitBlock>(MissingDataShapes.Block),
                x => x.MissedVisitBlocks,
                (x, v) => x with { MissedVisitBlocks = v })
            .Choice("rounding", x => x.Rounding, (x, v) => x with { Rounding = v })
            .AddOptional(
                "stopTreatment", MissingDataShapes.StopTreatment, x => x.StopTreatment, (x, v) => x with { StopTreatment = (StopTreatmentHazard)v }, isRemovable: true)
            .AddOptional("items", ItemShapes.Model, x => x.Items, (x, v) => x with { Items = (ItemModel)v }, isRemovable: true);

    /// <summary>A whole scenario.</summary>
    internal static RecordShape<Scenario> Scenario { get; } =
        new RecordShape<Scenario>("scenario", new Scenario
        {
            Name = "scenario",
            Population = new PopulationModel { Strata = [Prototype] },
            Trajectory = new AttenuatedDecline(),
            Design = new ParallelGroup { Participants = 2, VisitWeeks = [0, 1] },
        })
            .Text("name", x => x.Name, (x, v) => x with { Name = v }, required: true)
            .Add("description", new TextShape(mayBeEmpty: true), x => x.Description, (x, v) => x with { Description = v })
            .Add("population", Population, x => x.Population, (x, v) => x with { Population = v }, required: true)
            .Add("trajectory", Trajectory, x => x.Trajectory, (x, v) => x with { Trajectory = v }, required: true)
            .Add("effect", Effect, x => x.Effect, (x, v) => x with { Effect = v })
            .Add("design", Design, x => x.Design, (x, v) => x with { Design = v }, required: true)
            .Add("observation", Observation, x => x.Observation, (x, v) => x with { Observation = v })
            .Add("endpoints", new ListShape<Endpoint>(EndpointShapes.Endpoint, e => e.Name), x => x.Endpoints, (x, v) => x with { Endpoints = v })
            .Add(
                "adverseEvents",
                new ListShape<AdverseEventClass>(AdverseEventShapes.Class, e => e.Name),
                x => x.AdverseEvents,
                (x, v) => x with { AdverseEvents = v })
            .Add("analyses", new ListShape<IAnalysis>(AnalysisShapes.Analysis, a => a.Name), x => x.Analyses, (x, v) => x with { Analyses = v })
            .AddOptional("sequential", SequentialPlanShapes.Plan, x => x.Sequential, (x, v) => x with { Sequential = (SequentialPlan)v }, isRemovable: true);

    /// <summary>Values of the properties that a stratum may leave out; the required ones are placeholders.</summary>
    private static Stratum Prototype => new()
    {
        Name = "all",
        Weight = 1,
        BaselineScoreMean = 37,
        BaselineScoreSd = 6,
        DeclineRate = new LogNormalRate { Mean = 1, Sd = 0.9 },
        ResidualSd = 1.6,
    };

    private static DoseCohort Cohort => new() { DoseMg = 0 };

    private static RecordShape<DoseCohort> CohortShape() => new RecordShape<DoseCohort>("doseCohort", Cohort)
        .Number("doseMg", x => x.DoseMg, (x, v) => x with { DoseMg = v }, 0, 1_000, required: true)
        .Number("weight", x => x.Weight, (x, v) => x with { Weight = v }, 0, 1e6, aboveMinimum: true);

    private static RecordShape<T> WithCommon<T>(RecordShape<T> shape)
        where T : TrialDesign =>
        shape
            .Integer("participants", x => x.Participants, (x, v) => x with { Participants = v }, 2, 1_000_000, required: true)
            .Add("allocation", Allocation, x => x.Allocation, (x, v) => x with { Allocation = v })
            .Integer("blockMultiple", x => x.BlockMultiple, (x, v) => x with { BlockMultiple = v }, 1, 100)
            .AddOptional("enrolment", MissingDataShapes.Enrolment, x => x.Enrolment, (x, v) => x with { Enrolment = (Enrolment)v }, isRemovable: true)
            .AddOptional("rescue", MissingDataShapes.Rescue, x => x.Rescue, (x, v) => x with { Rescue = (RescueRule)v }, isRemovable: true)
            .Add("visitWeeks", new ListShape<double>(Week), x => x.VisitWeeks, (x, v) => x with { VisitWeeks = v }, required: true);

    private static UnionShape<ITrajectoryModel> MakeTrajectory()
    {
        var union = new UnionShape<ITrajectoryModel>("trajectory", "type");
        union
            .Case(new RecordShape<LinearDecline>("linear", new LinearDecline()))
            .Case(new RecordShape<AttenuatedDecline>("attenuated", new AttenuatedDecline())
                .Number(
                    "attenuationScore", x => x.AttenuationScore, (x, v) => x with { AttenuationScore = v }, 0, 48, aboveMinimum: true))
            .Case(new RecordShape<FlatStart>(
                "flatStart", new FlatStart { Underlying = new LinearDecline(), FullByWeeks = 1, GoneAfterWeeks = 1 })
                .Add("underlying", union, x => x.Underlying, (x, v) => x with { Underlying = v }, required: true)
                .Number("fullByWeeks", x => x.FullByWeeks, (x, v) => x with { FullByWeeks = v }, 0, 520, aboveMinimum: true, required: true)
                .Number(
                    "goneAfterWeeks", x => x.GoneAfterWeeks, (x, v) => x with { GoneAfterWeeks = v }, 0, 520, aboveMinimum: true, required: true));
        return NaturalHistoryShapes.AddTrajectories(union);
    }

    private static UnionShape<ITreatmentEffect> MakeEffect()
    {
        var union = new UnionShape<ITreatmentEffect>("effect", "type");
        return union
            .Case(new RecordShape<NoEffect>("none", new NoEffect()))
            .Case(new RecordShape<SlopeReduction>("slopeReduction", new SlopeReduction { MaxReduction = 0 })
                .Number("maxReduction", x => x.MaxReduction, (x, v) => x with { MaxReduction = v }, -1, 1, required: true)
                .Number("lagWeeks", x => x.LagWeeks, (x, v) => x with { LagWeeks = v }, 0, 520)
                .Number("halfTimeWeeks", x => x.HalfTimeWeeks, (x, v) => x with { HalfTimeWeeks = v }, 0, 520)
                .Number("washoutHalfTimeWeeks", x => x.WashoutHalfTimeWeeks, (x, v) => x with { WashoutHalfTimeWeeks = v }, 0, 520)
                .AddOptional("fading", Fading, x => x.Fading, (x, v) => x with { Fading = (EffectFading)v }))
            .Case(new RecordShape<SymptomaticOffset>("symptomaticOffset", new SymptomaticOffset { Points = 0 })
                .Number("points", x => x.Points, (x, v) => x with { Points = v }, -24, 24, required: true)
                .Number("halfTimeWeeks", x => x.HalfTimeWeeks, (x, v) => x with { HalfTimeWeeks = v }, 0, 520)
                .Number("washoutHalfTimeWeeks", x => x.WashoutHalfTimeWeeks, (x, v) => x with { WashoutHalfTimeWeeks = v }, 0, 520))
            .Case(new RecordShape<HazardReduction>("hazardReduction", new HazardReduction { HazardRatio = 1 })
                .Number("hazardRatio", x => x.HazardRatio, (x, v) => x with { HazardRatio = v }, 0.001, 1_000, required: true))
            .Case(ChainShapes.DoseToFunction())
            .Case(new RecordShape<CombinedEffect>(
                "combined", new CombinedEffect { OnRate = new NoEffect(), OnScore = new NoEffect() })
                .Add("onRate", union, x => x.OnRate, (x, v) => x with { OnRate = v }, required: true)
                .Add("onScore", union, x => x.OnScore, (x, v) => x with { OnScore = v }, required: true));
    }
}
