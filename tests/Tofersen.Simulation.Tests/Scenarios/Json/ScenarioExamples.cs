using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Scenarios that together use every model and set every property, at values that are easily lost on the way through a
/// text: 0.1 + 0.2, 10⁻³⁰⁰, the smallest number, limits of ranges, names in other scripts.</summary>
internal static class ScenarioExamples
{
    private const double AlmostThreeTenths = 0.1 + 0.2;
    private const double Tiny = 1e-300;
    private const double Third = 1.0 / 3;

    /// <summary>Everything that a delayed-start trial can hold.</summary>
    internal static Scenario Full { get; } = new()
    {
        Name = "Größe – Ω 試験 🧪",
        Description = "Quotes \" and ' and \\, a tab\t, a line\nfeed, \u0001, \u2028, <b>&amp;, é, עברית, 🧬.",
        Population = new PopulationModel
        {
            Composition = StratumComposition.Random,
            Strata = [LogNormalStratum, GammaStratum, NormalStratum],
        },
        Trajectory = new FlatStart
        {
            Underlying = new FlatStart
            {
                Underlying = TrajectoryExamples.Classes,
                FullByWeeks = double.Epsilon,
                GoneAfterWeeks = 520,
            },
            FullByWeeks = Third,
            GoneAfterWeeks = Tiny,
        },
        Effect = new CombinedEffect
        {
            OnRate = new SlopeReduction
            {
                MaxReduction = -AlmostThreeTenths,
                LagWeeks = Third,
                HalfTimeWeeks = Tiny,
                WashoutHalfTimeWeeks = 520,
                Fading = new EffectFading { AfterWeeks = 1_999.999_999_999_999_8, HalfTimeWeeks = double.Epsilon },
            },
            OnScore = new CombinedEffect
            {
                OnRate = new CombinedEffect
                {
                    OnRate = new HazardReduction { HazardRatio = AlmostThreeTenths },
                    OnScore = ChainExamples.Effect,
                },
                OnScore = new SymptomaticOffset { Points = -24, HalfTimeWeeks = AlmostThreeTenths, WashoutHalfTimeWeeks = Tiny },
            },
        },
        Design = new DelayedStart
        {
            Participants = 107,
            Allocation = new AllocationRatio(3, 2),
            BlockMultiple = 7,
            Enrolment = MissingDataExamples.Rates,
            Rescue = MissingDataExamples.Rescue,
            VisitWeeks = [0, AlmostThreeTenths, Third, 28.000_000_000_000_004, 2_000],
            SwitchWeeks = 1_999.999_999_999_999_8,
            EntryProbability = AlmostThreeTenths,
            GapMinimumWeeks = Tiny,
            GapMaximumWeeks = 520,
            EarlyStartBridgesGap = true,
            EarlyName = "früh, \"=cmd()\"",
            DelayedName = "spät\n",
        },
        Observation = new ObservationModel
        {
            Events =
            [
                new ProgressionHazard
                {
                    Kind = EventKind.Death,
                    PerWeek = Tiny,
                    RateExponent = AlmostThreeTenths,
                    ScoreCoefficient = -Third,
                    ReferenceScore = 48,
                    RateMinimum = double.Epsilon,
                    RateMaximum = 48,
                },
                new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = 10 },
                MissingDataExamples.Dropout,
            ],
            VisitJitterSdDays = 100,
            VisitWindowDays = 0.1,
            IntermittentMissingProbability = AlmostThreeTenths,
            Rounding = ScoreRounding.None,
            Items = ItemExamples.Model,
            IntermittentMissingness = MissingDataExamples.Intermittent,
            MissedVisitBlocks = [MissingDataExamples.Block],
            StopTreatment = MissingDataExamples.StopTreatment,
        },
        AdverseEvents = ItemExamples.AdverseEvents,
        Endpoints =
        [
            new BiomarkerEndpoint
            {
                Name = "marker",
                Label = "Märker \"x\"",
                Unit = "pg/mL",
                VisitWeeks = [0, Third],
                Driver = BiomarkerDriver.NeurofilamentLight,
                WithinParticipantLogSd = Third,
                LowerLimit = Third,
                UpperLimit = 1e9,
                Strata =
                [
                    new BiomarkerStratum
                    {
                        Stratum = "schnell",
                        GeometricMean = 1e3 + Third,
                        LogSd = 5,
                        DriftPerMonth = -Third,
                        DriftSdPerMonth = Tiny,
                        Response = new BiomarkerResponse
                        {
                            Ratio = AlmostThreeTenths,
                            LogSd = Third,
                            LagWeeks = Tiny,
                            HalfTimeWeeks = Third,
                            WashoutHalfTimeWeeks = 520,
                        },
                    },
                    new BiomarkerStratum { Stratum = "langsam" },
                    new BiomarkerStratum { Stratum = "übrige" },
                ],
            },
            new FunctionEndpoint
            {
                Name = "function",
                ResidualSd = Third,
                Minimum = -AlmostThreeTenths,
                Maximum = 1e6,
                Strata =
                [
                    new FunctionStratum
                    {
                        BaselineMean = -Third,
                        BaselineSd = Tiny,
                        ScoreCorrelation = -1,
                        LossPerMonth = AlmostThreeTenths,
                        LossSdPerMonth = Third,
                        RateCorrelation = Third,
                    },
                ],
            },
        ],
        Analyses =
        [
            new Ancova
            {
                Name = "ancova Ω",
                Week = AlmostThreeTenths,
                Response = AncovaResponse.Score,
                Covariates = [Covariates.Baseline, Covariates.Stratum],
                Strata = ["schnell", "langsam"],
                Variance = RobustVariance.HC3,
                Alpha = 1e-6,
            },
            new AncovaWithImputation
            {
                Name = "ancova, imputed",
                Week = Third,
                Response = AncovaResponse.Score,
                Covariates = [Covariates.Age],
                Imputation = new MultipleImputation
                {
                    Imputations = 10_000,
                    Method = ImputationMethod.Monotone,
                    ByArm = false,
                    ByStratum = true,
                    Predictors = [Covariates.Stratum, Covariates.Baseline],
                    Cycles = 1_000,
                    Scale = ImputationScale.Log,
                    Reference = ReferenceBasedImputation.CopyIncrements,
                    ActiveDelta = -AlmostThreeTenths,
                    ControlDelta = double.Epsilon,
                    DeltaAdjustment = DeltaAdjustment.Sequential,
                    Scores = ImputedScores.WholePoints,
                    AfterDeath = ImputationAfterDeath.Exclude,
                    Seed = int.MaxValue,
                },
                DegreesOfFreedom = PooledDegreesOfFreedom.Rubin,
                Strata = ["langsam"],
                Alpha = 0.1,
            },
            new JointRank
            {
                Name = "joint-rank",
                Week = 2_000,
                Test = JointRankTest.WinOdds,
                WinVariance = WinVariance.UnderNull,
                Incomplete = IncompleteFollowUp.OrderedAtWithdrawal,
                PermanentVentilationIsDeath = false,
                Covariates = [],
                StratifyBy = [Covariates.Stratum],
                Strata = ["langsam"],
                Alpha = 0.5,
            },
            new Mmrm
            {
                Name = "mmrm",
                Week = Third,
                ThroughWeek = 2_000,
                Response = AncovaResponse.Score,
                Covariates = ["age*visit", "stratum"],
                Covariance = CovarianceStructure.HeterogeneousToeplitz,
                Fallback = [CovarianceStructure.Ar1, CovarianceStructure.HeterogeneousAntedependence],
                Estimation = LikelihoodEstimation.Ml,
                DegreesOfFreedom = DegreesOfFreedomMethod.Residual,
                Strata = ["schnell"],
                Alpha = 0.1,
            },
            new DelayedStartAnalysis
            {
                Name = "delayed-start",
                FirstWeek = Third,
                SecondWeek = 2_000,
                Retention = 1,
                Hypothesis = DelayedStartHypothesis.Retention,
                Response = AncovaResponse.Score,
                Covariates = [],
                Covariance = CovarianceStructure.CompoundSymmetry,
                Fallback = [CovarianceStructure.Toeplitz],
                Estimation = LikelihoodEstimation.Ml,
                DegreesOfFreedom = DegreesOfFreedomMethod.Residual,
                Strata = ["langsam"],
                Alpha = 0.2,
            },
            new AdagioAnalysis
            {
                Name = "adagio",
                FirstFromWeek = 0,
                FirstToWeek = Third,
                SecondFromWeek = Third,
                SecondToWeek = 2_000,
                MarginPerMonth = AlmostThreeTenths,
                Hypothesis = AdagioHypothesis.SlopeNonInferiority,
                Response = AncovaResponse.Score,
                Covariates = ["age"],
                Covariance = CovarianceStructure.HeterogeneousCompoundSymmetry,
                Fallback = [CovarianceStructure.Antedependence],
                Estimation = LikelihoodEstimation.Ml,
                DegreesOfFreedom = DegreesOfFreedomMethod.Residual,
                Strata = ["schnell"],
                Alpha = 0.01,
            },
            new JointRankWithImputation
            {
                Name = "joint-rank-imputed",
                Week = Third,
                Test = JointRankTest.WinOdds,
                WinVariance = WinVariance.UnderNull,
                PermanentVentilationIsDeath = false,
                Covariates = [],
                StratifyBy = [Covariates.Stratum],
                Imputation = new MultipleImputation { Imputations = 7 },
                Strata = ["schnell"],
                Alpha = Third,
            },
            new EndpointAnalysis { Name = "marker", Endpoint = "marker", Analysis = new Ancova { Week = Third } },
            new EstimandAnalysis
            {
                Name = "estimand",
                Analysis = new Ancova { Week = Third },
                Strategies = new Estimand
                {
                    TreatmentStop = EventStrategy.Composite,
                    Rescue = EventStrategy.WhileOnTreatment,
                    Death = EventStrategy.Composite,
                    PermanentVentilation = EventStrategy.WhileOnTreatment,
                    Withdrawal = EventStrategy.Composite,
                    Switch = EventStrategy.Hypothetical,
                    CompositeScore = AlmostThreeTenths,
                },
            },
            new ResponderAnalysis
            {
                Name = "responders",
                Week = AlmostThreeTenths,
                Threshold = -AlmostThreeTenths,
                Missing = MissingOutcome.Excluded,
                StratifyBy = [Covariates.Stratum],
                ContinuityCorrection = true,
                Strata = ["langsam"],
                Alpha = Third,
            },
            new EventProportion
            {
                Name = "events",
                Events = [EventKind.WithdrawalForProgression],
                ThroughWeek = 2_000,
                Missing = MissingOutcome.Excluded,
                StratifyBy = [Covariates.Stratum],
                ContinuityCorrection = true,
                Strata = ["schnell"],
                Alpha = AlmostThreeTenths,
            },
            new PosteriorProbability
            {
                Name = "posterior",
                Analysis = new PosteriorProbability
                {
                    Analysis = new EventProportion { ThroughWeek = Third },
                    Benefit = BenefitDirection.BelowMargin,
                },
                Prior = new NormalPrior { Mean = -AlmostThreeTenths, Sd = Tiny },
                Margin = Third,
                Benefit = BenefitDirection.BelowMargin,
                Threshold = 0.999_999,
            },
            new LogRank
            {
                Name = "log-rank",
                Events = [EventKind.OtherWithdrawal, EventKind.Death],
                ThroughWeek = Third,
                StratifyBy = [Covariates.Stratum],
                Strata = ["schnell"],
                Alpha = AlmostThreeTenths,
            },
            new CoxRegression
            {
                Name = "cox",
                Events = [EventKind.WithdrawalForProgression],
                ThroughWeek = AlmostThreeTenths,
                Covariates = [Covariates.Age, Covariates.Stratum],
                StratifyBy = [Covariates.Stratum],
                Ties = TieHandling.Breslow,
                Test = CoxTest.LikelihoodRatio,
                Strata = ["langsam"],
                Alpha = 0.01,
            },
            new RestrictedMeanSurvival
            {
                Name = "restricted mean",
                Events = [EventKind.Death],
                ThroughWeek = Third,
                Strata = ["schnell"],
                Alpha = Third,
            },
            new RankPreservingFailureTime
            {
                Name = "rpsft",
                Events = [EventKind.Death],
                ThroughWeek = 2_000,
                StratifyBy = [Covariates.Stratum],
                Test = RankPreservingTest.CoxWald,
                Recensoring = Recensoring.AllArms,
                LowestPsi = -AlmostThreeTenths,
                HighestPsi = 10,
                Strata = ["langsam"],
                Alpha = 0.1,
            },
            new SlopeAnalysis
            {
                Name = "slopes",
                ThroughWeek = 2_000,
                FromWeek = AlmostThreeTenths,
                MinimumVisits = 4,
                Covariates = [Covariates.Age],
                Strata = ["schnell"],
                Alpha = 0.025,
            },
            new RandomSlopeModel
            {
                Name = "random-slope",
                ThroughWeek = 2_000,
                FromWeek = AlmostThreeTenths,
                CommonBaseline = false,
                Covariates = [Covariates.Age + "*time", Covariates.Stratum],
                Estimation = LikelihoodEstimation.Ml,
                DegreesOfFreedom = DegreesOfFreedomMethod.Residual,
                Strata = ["langsam"],
                Alpha = 0.025,
            },
        ],
    };

    /// <summary>The models that the full one has no room for.</summary>
    internal static Scenario Parallel { get; } = new()
    {
        Name = "parallel",
        Population = new PopulationModel { Strata = [NormalStratum] },
        Trajectory = new LinearDecline(),
        Effect = new NoEffect(),
        Design = new ParallelGroup
        {
            Participants = 60,
            Allocation = new AllocationRatio(1, 2),
            BlockMultiple = 3,
            Enrolment = MissingDataExamples.Uniform,
            Rescue = MissingDataExamples.Rescue,
            VisitWeeks = [0, 12, 24],
            TreatmentWeeks = double.Epsilon,
            ActiveName = "active",
            ControlName = "control",
        },
    };

    /// <summary>All, with those of further designs, to be enumerated.</summary>
    internal static ValueList<Scenario> All { get; } = [Full, Parallel, DesignExamples.Doses, DesignExamples.Carriers, .. SequentialPlanExamples.All];

    private static Stratum LogNormalStratum => new()
    {
        Name = "schnell",
        Weight = Tiny,
        BaselineScoreMean = 36.000_000_000_000_007,
        BaselineScoreSd = AlmostThreeTenths,
        DeclineRate = new LogNormalRate { Mean = Tiny, Sd = Third },
        PreRandomisationSlope = new GammaRate { Mean = Third, Sd = AlmostThreeTenths },
        NeurofilamentLightGeometricMean = double.Epsilon,
        NeurofilamentLightLogSd = 5,
        AgeMeanYears = 18,
        AgeSdYears = 50,
        MaleProbability = AlmostThreeTenths,
        BulbarOnsetProbability = Tiny,
        RiluzoleProbability = 1,
        EdaravoneProbability = 0.999_999_999_999_999_9,
        VitalCapacityMeanPercent = 99.999_999_999_999_99,
        VitalCapacitySdPercent = AlmostThreeTenths,
        DiagnosticDelayShareMinimum = Tiny,
        DiagnosticDelayShareMaximum = Third,
        DefiniteElEscorialProbability = AlmostThreeTenths,
        FrontotemporalDementiaProbability = 0.999_999_999_999_999_9,
        ResidualSd = 24,
        EventHazardMultiplier = 1_000,
        FlatStartPoints = -24,
        Correlations = [new TraitCorrelation { First = Trait.SlowVitalCapacity, Second = Trait.DeclineRate, Value = -AlmostThreeTenths }],
        Inclusion = [new InclusionCriterion { Trait = Trait.NeurofilamentLight, Minimum = -Third, Maximum = 1e6 }],
    };

    private static Stratum GammaStratum => NormalStratum with
    {
        Name = "langsam",
        Weight = 1e6,
        DeclineRate = new GammaRate { Mean = 48, Sd = double.Epsilon },
        PreRandomisationSlope = new LatentClassRate
        {
            Classes =
            [
                new RateClass { Weight = double.Epsilon, Mean = AlmostThreeTenths, Sd = 0.001 },
                new RateClass { Weight = 1e6, Mean = 48, Sd = Third },
            ],
        },
        Inclusion = [new InclusionCriterion { Trait = Trait.TricalsRisk, Minimum = -6, Maximum = -2 }],
    };

    private static Stratum NormalStratum => new()
    {
        Name = "übrige",
        Weight = 1,
        BaselineScoreMean = 0,
        BaselineScoreSd = 48,
        DeclineRate = new NormalRate { Mean = -AlmostThreeTenths, Sd = 0 },
        ResidualSd = 0,
    };
}
