using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Trajectories;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Scenarios of the designs beyond two plain arms that set every property.</summary>
internal static class DesignExamples
{
    private const double AlmostThreeTenths = 0.1 + 0.2;
    private const double Third = 1.0 / 3;

    /// <summary>Doses in cohorts, compared arm by arm.</summary>
    internal static Scenario Doses { get; } = new()
    {
        Name = "doses",
        Population = ScenarioExamples.Parallel.Population,
        Trajectory = new LinearDecline(),
        Design = new DoseRanging
        {
            Participants = 60,
            Allocation = new AllocationRatio(3, 1),
            VisitWeeks = [0, 12, 24],
            Cohorts =
            [
                new DoseCohort { DoseMg = AlmostThreeTenths, Weight = 1 + Third },
                new DoseCohort { DoseMg = 1_000, Weight = 1 },
                new DoseCohort { DoseMg = 0 },
            ],
            TreatmentWeeks = Third,
            ControlName = "Scheinmedikament",
            Rescue = new RescueRule { LossThreshold = Third },
            Enrolment = new UniformEnrolment { Weeks = Third },
        },
        Analyses =
        [
            new ArmComparison { Active = "1000 mg", Analysis = new Ancova { Week = 12 } },
            new ArmComparison
            {
                Name = "dose against dose",
                Active = "0 mg",
                Control = "1000 mg",
                Analysis = new EstimandAnalysis { Analysis = new Ancova { Week = 12 }, Strategies = new Estimand() },
            },
        ],
    };

    /// <summary>Carriers without symptoms.</summary>
    internal static Scenario Carriers { get; } = new()
    {
        Name = "carriers",
        Population = new PresymptomaticPopulation
        {
            StratumName = "träger",
            OnsetPerYear = Third,
            RunInIntervalWeeks = 2 + Third,
            RunInWeeks = 100 + Third,
            ThresholdPicograms = AlmostThreeTenths,
            RisePicograms = Third,
            NeurofilamentLightGeometricMean = 12 + Third,
            NeurofilamentLightLogSd = AlmostThreeTenths,
            OnsetNeurofilamentLightGeometricMean = 100 + Third,
            OnsetNeurofilamentLightLogSd = Third,
            RiseMeanMonths = 9 + Third,
            RiseSdMonths = Third,
            WithinParticipantLogSd = AlmostThreeTenths,
            DeclineRate = new LogNormalRate { Mean = 3, Sd = Third },
            RateCorrelation = -Third,
            BaselineScore = 47 + Third,
            ResidualSd = Third,
            EventHazardMultiplier = AlmostThreeTenths,
            AgeMeanYears = 40 + Third,
            AgeSdYears = Third,
            MaleProbability = AlmostThreeTenths,
        },
        Trajectory = new LinearDecline(),
        Design = new PresymptomaticTrial
        {
            Participants = 30,
            VisitWeeks = [0, 52, 104],
            OpenLabelDelayWeeks = Third,
            TreatsConverters = false,
            Rescue = new RescueRule { LossThreshold = AlmostThreeTenths },
            Enrolment = new UniformEnrolment { Weeks = AlmostThreeTenths },
            ActiveName = "aktiv",
            ControlName = "Kontrolle",
        },
        Analyses = [new LogRank { Events = [EventKind.Phenoconversion] }],
    };
}
