using FsCheck;
using FsCheck.Fluent;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Random valid scenarios, with numbers from the whole of each range and its ends.</summary>
internal static class ScenarioGenerators
{
    private static readonly Gen<bool> Flag = Gen.Elements(false, true);

    private static readonly Gen<string> Text =
        from characters in Gen.Elements("a", "Z", " b", "\"", "\\", "\n", "é", "試", "🧪", "{", "</", "\u2028", "\u0001", "=").NonEmptyListOf()
        select "n" + string.Concat(characters);

    private static readonly Gen<RateClass> RateClass =
        from weight in Above(0, 1e6)
        from mean in Number(0.001, 48)
        from sd in Number(0.001, 48)
        select new RateClass { Weight = weight, Mean = mean, Sd = sd };

    private static readonly Gen<RateDistribution> Rate = Gen.OneOf(
        from mean in Above(0, 48) from sd in Number(0, 48) select (RateDistribution)new LogNormalRate { Mean = mean, Sd = sd },
        from mean in Above(0, 48) from sd in Above(0, 48) select (RateDistribution)new GammaRate { Mean = mean, Sd = Math.Min(sd, mean) },
        from mean in Number(-48, 48) from sd in Number(0, 48) select (RateDistribution)new NormalRate { Mean = mean, Sd = sd },
        from classes in RateClass.NonEmptyListOf() select (RateDistribution)new LatentClassRate { Classes = [.. classes.Take(4)] });

    private static readonly Gen<InclusionCriterion> Criterion =
        from trait in Gen.Elements(Enum.GetValues<Trait>())
        from minimum in Number(-1e6, 1e6)
        from maximum in Number(-1e6, 1e6)
        select new InclusionCriterion { Trait = trait, Minimum = minimum, Maximum = maximum };

    private static readonly Gen<Stratum> Stratum =
        from weight in Above(0, 1e6)
        from points in Number(0, 48).ArrayOf(3)
        from rate in Rate
        from slope in Rate
        from probabilities in Number(0, 1).ArrayOf(4)
        from neurofilament in Above(0, 10_000)
        from age in Number(18, 100)
        from multiplier in Number(0, 1_000)
        from flat in Number(-24, 24)
        from correlation in Number(-0.99, 0.99)
        from clinical in Number(0, 1).ArrayOf(6)
        from inclusion in Criterion.ListOf()
        select new Stratum
        {
            Name = "stratum",
            Weight = weight,
            BaselineScoreMean = points[0],
            BaselineScoreSd = points[1],
            ResidualSd = points[2] / 2,
            DeclineRate = rate,
            PreRandomisationSlope = slope,
            NeurofilamentLightGeometricMean = neurofilament,
            AgeMeanYears = age,
            MaleProbability = probabilities[0],
            BulbarOnsetProbability = probabilities[1],
            RiluzoleProbability = probabilities[2],
            EdaravoneProbability = probabilities[3],
            VitalCapacityMeanPercent = 10 + (190 * clinical[0]),
            VitalCapacitySdPercent = 100 * clinical[1],
            DiagnosticDelayShareMinimum = Math.Min(clinical[2], clinical[3]),
            DiagnosticDelayShareMaximum = Math.Max(clinical[2], clinical[3]),
            DefiniteElEscorialProbability = clinical[4],
            FrontotemporalDementiaProbability = clinical[5],
            EventHazardMultiplier = multiplier,
            FlatStartPoints = flat,
            Correlations = [new TraitCorrelation { First = Trait.Age, Second = Trait.DeclineRate, Value = correlation }],
            Inclusion = [.. inclusion],
        };

    private static readonly Gen<PopulationModel> Population =
        from strata in Stratum.NonEmptyListOf()
        from composition in Gen.Elements(Enum.GetValues<StratumComposition>())
        from name in Text
        select new PopulationModel
        {
            Composition = composition,
            Strata = [.. strata.Take(5).Select((s, i) => s with { Name = FormattableString.Invariant($"{name} {i}") })],
        };

    private static readonly Gen<EventHazard> Hazard = Gen.OneOf(
        from perWeek in Number(0, 10)
        select (EventHazard)new ConstantHazard { Kind = EventKind.Death, PerWeek = perWeek },
        from perWeek in Number(0, 10)
        from exponent in Number(0, 5)
        from coefficient in Number(-1, 1)
        from limits in Above(0, 48).ArrayOf(2)
        select (EventHazard)new ProgressionHazard
        {
            Kind = EventKind.PermanentVentilation,
            PerWeek = perWeek,
            RateExponent = exponent,
            ScoreCoefficient = coefficient,
            RateMinimum = limits.Min(),
            RateMaximum = limits.Max(),
        },
        from perWeek in Number(0, 10)
        from strength in Number(-1, 1)
        from mechanism in Gen.Elements(Enum.GetValues<MissingnessMechanism>())
        select (EventHazard)new DropoutHazard
        {
            Kind = EventKind.OtherWithdrawal,
            PerWeek = perWeek,
            Mechanism = mechanism,
            Strength = strength,
        });

    private static readonly Gen<ItemModel> Items =
        from discrimination in Number(0.05, 20)
        from first in Number(-20, 16)
        from sds in Number(0, 20).ArrayOf(5)
        from shift in Number(-20, 20)
        from correlation in Number(-0.99, 0.99)
        select new ItemModel
        {
            Items =
            [
                .. Enumerable.Range(0, ItemModel.ItemCount).Select(i => new AlsfrsrItem
                {
                    Discrimination = discrimination,
                    Thresholds = [first, first + 1, first + 2, first + 3.5],
                }),
            ],
            BulbarSd = sds[0],
            FineMotorSd = sds[1],
            GrossMotorSd = sds[2],
            RespiratorySd = sds[3],
            VisitErrorSd = sds[4],
            BulbarOnsetShift = shift,
            Correlations =
            [
                new DomainCorrelation { First = AlsfrsrDomain.Bulbar, Second = AlsfrsrDomain.Respiratory, Value = correlation },
            ],
        };

    private static readonly Gen<AdverseEventClass> AdverseEvent =
        from name in Text
        from rates in Number(0, 365.25).ArrayOf(2)
        from sd in Number(0, 3)
        from loading in Number(-1, 1)
        from serious in Flag
        select new AdverseEventClass
        {
            Name = name,
            IsSerious = serious,
            RatePerYearOffDrug = rates[0],
            RatePerYearOnDrug = rates[1],
            LogRateSd = sd,
            FrailtyLoading = loading,
        };

    private static readonly Gen<DosingRegimen> Regimen =
        from dose in Number(0, 1_000)
        from loading in Gen.Choose(1, 20)
        from days in Number(1, 364).ArrayOf(2)
        from missed in Number(0, 1)
        from late in Number(0, 28)
        from pause in Number(0, 14_000)
        select new DosingRegimen
        {
            DoseMg = dose,
            LoadingDoses = loading,
            LoadingIntervalDays = days[0],
            MaintenanceIntervalDays = days[1],
            MissedProbability = missed,
            LatenessSdDays = late,
            ReloadAfterPauseDays = pause,
        };

    private static readonly Gen<ITreatmentEffect> Chain =
        from regimen in Regimen
        from halfLives in Number(0.01, 520).ArrayOf(4)
        from max in Number(0, 0.99)
        from half in Number(0.001, 1e5)
        from hill in Number(0.1, 10)
        from exponents in Number(0, 10).ArrayOf(2)
        from factors in Number(0, 10).ListOf()
        from delay in Gen.Choose(0, 520)
        from sds in Number(0, 2).ArrayOf(4)
        select (ITreatmentEffect)new DoseToFunction
        {
            Regimen = regimen,
            CsfHalfLifeWeeks = halfLives[0],
            TissueHalfLifeWeeks = halfLives[1],
            Sod1HalfLifeWeeks = halfLives[2],
            NeurofilamentHalfLifeWeeks = halfLives[3],
            MaxInhibition = max,
            HalfMaximalAmountMg = half,
            HillExponent = hill,
            NeurofilamentExponent = exponents[0],
            StratumNeurofilamentFactors = [.. factors.Take(4)],
            DelayWeeks = delay,
            RateExponent = exponents[1],
            ExposureLogSd = sds[0],
            HalfMaximalAmountLogSd = sds[1],
            NeurofilamentExponentLogSd = sds[2],
            RateExponentLogSd = sds[3],
        };

    private static readonly Gen<StopTreatmentHazard> StopTreatment =
        from perWeek in Number(0, 10)
        from exponent in Number(0, 5)
        from coefficient in Number(-1, 1)
        from limits in Above(0, 48).ArrayOf(2)
        select new StopTreatmentHazard
        {
            PerWeek = perWeek,
            RateExponent = exponent,
            ScoreCoefficient = coefficient,
            ReferenceScore = limits[0],
            RateMinimum = limits.Min(),
            RateMaximum = limits.Max(),
        };

    private static readonly Gen<IntermittentMissingness> Intermittent =
        from mechanism in Gen.Elements(Enum.GetValues<MissingnessMechanism>())
        from strength in Number(-1, 1)
        select new IntermittentMissingness { Mechanism = mechanism, Strength = strength };

    private static readonly Gen<MissedVisitBlock> Block =
        from start in Number(0, 1e4)
        from weeks in Above(0, 1e4)
        from probability in Number(0, 1)
        select new MissedVisitBlock { FromWeek = start, Weeks = weeks, Probability = probability };

    private static readonly Gen<Enrolment> Enrolment =
        from weeks in Above(0, 2_000)
        from rate in Number(100, 1e6)
        from isUniform in Flag
        select isUniform
            ? (Enrolment)new UniformEnrolment { Weeks = weeks }
            : new EnrolmentRates { Periods = [new EnrolmentPeriod { Weeks = weeks, PerWeek = rate }] };

    private static readonly Gen<RescueRule> Rescue =
        from loss in Above(0, 48)
        from weeks in Number(0, 520)
        from probability in Number(0, 1)
        select new RescueRule { LossThreshold = loss, DelayWeeks = weeks, AcceptanceProbability = probability };

    private static readonly Gen<ObservationModel> Observation =
        from hazards in Hazard.ListOf()
        from missing in Number(0, 1)
        from window in Number(0, 100)
        from rounding in Gen.Elements(Enum.GetValues<ScoreRounding>())
        from hasItems in Flag
        from items in Items
        from stops in Flag
        from stop in StopTreatment
        from intermittent in Intermittent
        from blocks in Block.ListOf()
        select new ObservationModel
        {
            IntermittentMissingness = stops ? intermittent : null,
            MissedVisitBlocks = [.. blocks],
            StopTreatment = stops ? stop : null,
            Items = hasItems ? items : null,
            Events = [.. hazards.DistinctBy(h => h.Kind)],
            IntermittentMissingProbability = missing,
            VisitWindowDays = window,
            Rounding = rounding,
        };

    private static readonly Gen<TrialDesign> Design =
        from gaps in Above(0, 200).NonEmptyListOf()
        from participants in Gen.Choose(200, 100_000)
        from active in Gen.Choose(1, 100)
        from control in Gen.Choose(1, 100)
        from multiple in Gen.Choose(1, 100)
        from share in Number(0.1, 0.9)
        from weeks in Number(0, 520).ArrayOf(2)
        from flag in Flag
        from kind in Gen.Choose(0, 2)
        from name in Text
        from rescue in Rescue
        from enrolment in Enrolment
        let visits = VisitWeeks(gaps)
        let allocation = new AllocationRatio(active, control)
        select kind == 0
            ? (TrialDesign)new DelayedStart
            {
                Participants = participants,
                Allocation = allocation,
                BlockMultiple = multiple,
                VisitWeeks = [.. visits],
                SwitchWeeks = share * visits[^1],
                EntryProbability = share,
                GapMinimumWeeks = weeks.Min(),
                GapMaximumWeeks = weeks.Max(),
                EarlyStartBridgesGap = flag,
                Rescue = flag ? rescue : null,
                Enrolment = flag ? null : enrolment,
                EarlyName = name,
            }
            : kind == 1 && participants >= 3 * (active + control)
            ? new DoseRanging
            {
                Participants = participants,
                Allocation = allocation,
                BlockMultiple = multiple,
                VisitWeeks = [.. visits],
                Cohorts = [new DoseCohort { DoseMg = weeks[0], Weight = 1 + share }, new DoseCohort { DoseMg = weeks[0] + 1, Weight = 1 + (share / 2) }],
                TreatmentWeeks = flag ? 1 + weeks[1] : null,
                ControlName = name,
            }
            : new ParallelGroup
            {
                Participants = participants,
                Allocation = allocation,
                BlockMultiple = multiple,
                VisitWeeks = [.. visits],
                TreatmentWeeks = flag ? 1 + weeks[0] : null,
                ActiveName = name,
            };

    /// <summary>Scenarios whose parts fit together.</summary>
    internal static Gen<Scenario> Scenario =>
        from name in Text
        from description in Text
        from population in Population
        from trajectory in Trajectory(depth: 3)
        from effect in Effect(depth: 3)
        from design in Design
        from observation in Observation
        from adverseEvents in AdverseEvent.ListOf()
        from alpha in Number(1e-6, 0.5)
        from visit in Gen.Choose(1, design.VisitWeeks.Count - 1)
        from sequential in SequentialGenerators.Plan(name)
        from hasLooks in Flag
        select new Scenario
        {
            Sequential = hasLooks ? sequential : null,
            Name = name,
            Description = description,
            Population = population,
            Trajectory = trajectory,
            Effect = effect,
            Design = design,
            Observation = observation,
            AdverseEvents = [.. adverseEvents.DistinctBy(e => e.Name)],
            Analyses =
            [
                .. Analyses(name, design.VisitWeeks[visit], visit, alpha, population.Strata[0].Name).Select(a => design is DoseRanging
                    ? new ArmComparison { Name = a.Name, Active = design.Arms[2].Name, Control = visit > 1 ? design.Arms[1].Name : null, Analysis = a }
                    : a),
            ],
        };

    private static IEnumerable<IAnalysis> Analyses(string name, double week, int visit, double alpha, string stratum) =>
    [
        new Ancova { Name = name, Week = week, Alpha = alpha, Strata = [stratum] },
        new CoxRegression { Name = name + "c", ThroughWeek = week, Alpha = alpha },
        new RestrictedMeanSurvival { Name = name + "e", ThroughWeek = week, Alpha = alpha },
        new RankPreservingFailureTime { Name = name + "f", Alpha = alpha },
        new AncovaWithImputation
        {
            Name = name + "i",
            Week = week,
            Imputation = new MultipleImputation { Imputations = 2 + visit, ActiveDelta = -alpha, ByStratum = visit > 1 },
        },
        new SlopeAnalysis { Name = name + "s", ThroughWeek = week, Alpha = alpha },
        new RandomSlopeModel { Name = name + "r", ThroughWeek = week, Alpha = alpha },
        new JointRank { Name = name + "j", Week = week, Test = JointRankTest.NetBenefit, Alpha = alpha },
        new PosteriorProbability
        {
            Name = name + "p",
            Analysis = new ResponderAnalysis { Week = week, Threshold = 48 * (alpha - 0.25) },
            Prior = visit > 1 ? new NormalPrior { Mean = alpha, Sd = alpha } : null,
            Margin = -alpha,
        },
    ];

    private static Gen<ITrajectoryModel> Trajectory(int depth)
    {
        Gen<ITrajectoryModel> simple = Gen.OneOf(
            Gen.Constant((ITrajectoryModel)new LinearDecline()),
            from score in Above(0, 48) select (ITrajectoryModel)new AttenuatedDecline { AttenuationScore = score },
            from months in Number(0.1, 120) select (ITrajectoryModel)new SigmoidDecline { ShapeMinimumMonths = months },
            from mean in Number(-5, 5)
            from sd in Number(0, 5)
            from score in Number(0, 48)
            select (ITrajectoryModel)new QuadraticDecline { AccelerationMean = mean, AccelerationSd = sd, AttenuationScore = score },
            from change in Number(0.01, 480)
            from sd in Number(0, 480)
            from factor in Number(0, 20)
            from score in Number(0, 48)
            select (ITrajectoryModel)new BrokenStickDecline
            {
                ChangeMonths = change,
                ChangeSdMonths = sd,
                RateFactor = factor,
                AttenuationScore = score,
            });
        return depth == 0 ? simple : Gen.OneOf(
            simple,
            from weights in Above(0, 1e6).ArrayOf(2)
            from multiplier in Number(0, 20)
            from first in Trajectory(depth - 1)
            from second in Trajectory(depth - 1)
            select (ITrajectoryModel)new LatentClassTrajectory
            {
                Classes =
                [
                    new TrajectoryClass { Weight = weights[0], Underlying = first },
                    new TrajectoryClass { Weight = weights[1], RateMultiplier = multiplier, Underlying = second },
                ],
            },
            from underlying in Trajectory(depth - 1)
            from weeks in Above(0, 520).ArrayOf(2)
            select (ITrajectoryModel)new FlatStart { Underlying = underlying, FullByWeeks = weeks[0], GoneAfterWeeks = weeks[1] });
    }

    private static Gen<ITreatmentEffect> Effect(int depth)
    {
        Gen<ITreatmentEffect> simple = Gen.OneOf(
            Gen.Constant((ITreatmentEffect)new NoEffect()),
            Chain,
            from ratio in Number(0.001, 1_000) select (ITreatmentEffect)new HazardReduction { HazardRatio = ratio },
            from points in Number(-24, 24)
            from weeks in Number(0, 520).ArrayOf(2)
            select (ITreatmentEffect)new SymptomaticOffset { Points = points, HalfTimeWeeks = weeks[0], WashoutHalfTimeWeeks = weeks[1] },
            from reduction in Number(-1, 1)
            from weeks in Number(0, 520).ArrayOf(3)
            from fades in Flag
            select (ITreatmentEffect)new SlopeReduction
            {
                MaxReduction = reduction,
                LagWeeks = weeks[0],
                HalfTimeWeeks = weeks[1],
                WashoutHalfTimeWeeks = weeks[2],
                Fading = fades ? new EffectFading { AfterWeeks = weeks[0], HalfTimeWeeks = 1 + weeks[1] } : null,
            });
        return depth == 0 ? simple : Gen.OneOf(
            simple,
            from onRate in Effect(depth - 1)
            from onScore in Effect(depth - 1)
            select (ITreatmentEffect)new CombinedEffect { OnRate = onRate, OnScore = onScore });
    }

    private static double[] VisitWeeks(IEnumerable<double> gaps)
    {
        List<double> weeks = [0];
        foreach (double gap in gaps.Take(8))
        {
            // A tiny gap may vanish in the sum.
            weeks.Add(Math.Max(weeks[^1] + gap, weeks[^1] + 0.001));
        }

        return [.. weeks];
    }

    private static Gen<double> Number(double minimum, double maximum) => Gen.Frequency(
        (1, Gen.Elements(minimum, maximum, Math.BitIncrement(minimum), Math.BitDecrement(maximum))),
        (4, from bits in Gen.Choose(0, int.MaxValue) select minimum + (bits / (double)int.MaxValue * (maximum - minimum))));

    private static Gen<double> Above(double limit, double maximum) =>
        from value in Number(limit, maximum) select Math.Max(value, Math.BitIncrement(limit));
}
