using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Tests.Populations;
using Tofersen.Simulation.Trajectories;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Scenarios for tests.</summary>
internal static class TestScenarios
{
    /// <summary>A stratum whose participants are all alike: baseline 36, 1.5 points a month, no error.</summary>
    internal static Stratum Alike { get; } = new()
    {
        Name = "alike",
        Weight = 1,
        BaselineScoreMean = 36,
        BaselineScoreSd = 0,
        DeclineRate = new NormalRate { Mean = 1.5, Sd = 0 },
        ResidualSd = 0,
    };

    /// <summary>Everybody alike, straight decline, two arms without effect, no events, scores as measured.</summary>
    internal static Scenario Bare { get; } = new()
    {
        Name = "bare",
        Population = TestStrata.Population(Alike),
        Trajectory = new LinearDecline(),
        Design = new ParallelGroup { Participants = 100, VisitWeeks = [0, 28, 52] },
        Observation = new ObservationModel { Rounding = ScoreRounding.None },
    };

    /// <summary>A delayed-start trial with a bit of everything: two strata, gap, refusals, events, jitter, gaps in the data.</summary>
    internal static Scenario Rich => new()
    {
        Name = "rich",
        Population = TestStrata.Population(
            TestStrata.Plain with { Name = "fast", Weight = 60, FlatStartPoints = 1.5 },
            TestStrata.Plain with
            {
                Name = "slow",
                Weight = 48,
                DeclineRate = new GammaRate { Mean = 0.4, Sd = 0.4 },
                EventHazardMultiplier = 0.5,
                Inclusion = [new InclusionCriterion { Trait = Trait.BaselineScore, Minimum = 30 }],
            }),
        Trajectory = new FlatStart { Underlying = new AttenuatedDecline(), FullByWeeks = 8, GoneAfterWeeks = 12 },
        Effect = new CombinedEffect
        {
            OnRate = new SlopeReduction { MaxReduction = 0.6, LagWeeks = 4, HalfTimeWeeks = 10, WashoutHalfTimeWeeks = 12 },
            OnScore = new SymptomaticOffset { Points = 0.5, HalfTimeWeeks = 2 },
        },
        Design = new DelayedStart
        {
            Participants = 108,
            Allocation = new AllocationRatio(2, 1),
            BlockMultiple = 2,
            VisitWeeks = [0, 4, 8, 12, 16, 20, 24, 28, 40, 52],
            SwitchWeeks = 28,
            EntryProbability = 0.9,
            GapMinimumWeeks = 1,
            GapMaximumWeeks = 4,
        },
        Observation = new ObservationModel
        {
            Events = Hazards,
            VisitJitterSdDays = 4,
            VisitWindowDays = 10,
            IntermittentMissingProbability = 0.05,
        },
    };

    internal static ProgressionHazard Progression(EventKind kind, double perWeek) =>
        new() { Kind = kind, PerWeek = perWeek, RateExponent = 0.5, ScoreCoefficient = 0.1 };

    private static ValueList<EventHazard> Hazards =>
    [
        Progression(EventKind.Death, 0.003),
        Progression(EventKind.PermanentVentilation, 0.002),
        new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = 0.003 },
    ];
}
