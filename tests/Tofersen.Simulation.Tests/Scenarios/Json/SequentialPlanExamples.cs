using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Scenarios with interim looks that together use every property and every kind of boundary.</summary>
internal static class SequentialPlanExamples
{
    private const double AlmostThreeTenths = 0.1 + 0.2;
    private const double Third = 1.0 / 3;

    internal static ValueList<Scenario> All { get; } =
    [
        Looks("by calendar", new SequentialPlan
        {
            Boundaries = new GroupSequentialDesign
            {
                InformationFractions = [AlmostThreeTenths, 2 * Third, 1],
                Alpha = AlmostThreeTenths / 3,
                Efficacy = new HaybittlePeto { InterimZ = 3 + Third },
                Futility = new FixedFutility { Z = [-AlmostThreeTenths, Third] },
                IsFutilityBinding = true,
            },
            Looks =
            [
                new SequentialLook { Timing = new CalendarTiming { Weeks = 20 + Third } },
                new SequentialLook { Timing = new CalendarTiming { Weeks = 40 + Third }, Analysis = "zweite Ω", FollowedWeeks = 12 + Third },
            ],
            Analysis = "erste",
            DataLagWeeks = Third,
            Reestimation = new BlindedReestimation
            {
                PlannedParticipants = 50,
                MinimumParticipants = 20,
                Weeks = 19 + Third,
                Week = 12,
                Endpoint = "marker",
                Difference = Third,
                Power = 0.8 + (AlmostThreeTenths / 10),
                Alpha = Third / 10,
                MissingShare = AlmostThreeTenths,
                PoolsWithinStrata = true,
                AdjustsForDifference = true,
            },
        }),
        Looks("by participants", new SequentialPlan
        {
            Boundaries = new GroupSequentialDesign
            {
                InformationFractions = [0.5, 1],
                Efficacy = new LanDeMetsObrienFleming(),
                Futility = new BetaSpending { Shape = new HwangShihDeCani { Gamma = -AlmostThreeTenths }, Beta = Third },
            },
            Looks = [new SequentialLook { Timing = new InformationTiming() }],
            Analysis = "erste",
            Information = new VisitInformation { Week = 12 },
            ObeysFutility = false,
            Reestimation = new BlindedReestimation
            {
                PlannedParticipants = 50,
                MinimumParticipants = 20,
                CompletersShare = Third,
                Week = 24,
                Difference = 4 + Third,
                Power = 0.9,
            },
        }),
        Looks("by events", new SequentialPlan
        {
            Boundaries = new GroupSequentialDesign { InformationFractions = [Third, 1], Efficacy = new KimDeMets { Power = 1 + Third } },
            Looks = [new SequentialLook { Timing = new InformationTiming() }],
            Analysis = "erste",
            Information = new EventInformation { Planned = 10, Events = [EventKind.OtherWithdrawal] },
        }),
        Looks("by standard error", new SequentialPlan
        {
            Boundaries = new GroupSequentialDesign { InformationFractions = [Third, 1], Efficacy = new LanDeMetsPocock() },
            Looks = [new SequentialLook { Timing = new InformationTiming() }],
            Analysis = "erste",
            Information = new StatisticalInformation { Maximum = Third, MonitoringWeeks = 3 + Third, MinimumParticipants = 33 },
        }),
        DelayedStart("O'Brien-Fleming", new ObrienFleming()),
        DelayedStart("Pocock", new Pocock()),
        DelayedStart("Wang-Tsiatis", new WangTsiatis { Delta = AlmostThreeTenths }),
    ];

    private static Scenario Looks(string name, SequentialPlan plan) => ScenarioExamples.Parallel with
    {
        Name = name,
        Design = ScenarioExamples.Parallel.Design with { Enrolment = new UniformEnrolment { Weeks = 50 + Third } },
        Endpoints =
        [
            new BiomarkerEndpoint { Name = "marker", Driver = BiomarkerDriver.None, Strata = [new BiomarkerStratum { GeometricMean = 10 }] },
        ],
        Analyses = [new Ancova { Name = "erste", Week = 12 }, new Ancova { Name = "zweite Ω", Week = 24 }],
        Sequential = plan,
    };

    private static Scenario DelayedStart(string name, BoundaryShape shape) => ScenarioExamples.Parallel with
    {
        Name = name,
        Design = new DelayedStart { Participants = 60, VisitWeeks = [0, 12, 24], SwitchWeeks = 12 },
        Analyses = [new Ancova { Week = 12 }, new DelayedStartAnalysis { FirstWeek = 12, SecondWeek = 24 }],
        Sequential = new SequentialPlan
        {
            Boundaries = new GroupSequentialDesign { InformationFractions = [AlmostThreeTenths, 1], Efficacy = shape },
            Looks = [new SequentialLook { Timing = new FirstPeriodTiming(), Analysis = "ancova-12" }],
            Analysis = "delayed-start-12-24",
        },
    };
}
