using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Tests.Scenarios;

/// <summary>Scenarios in which treatment and visits do not go as planned.</summary>
internal static class MissingScenarios
{
    /// <summary><see cref="TestScenarios.Rich"/> with everything switched on.</summary>
    internal static Scenario Rich { get; } = TestScenarios.Rich with
    {
        Name = "missing",
        Design = TestScenarios.Rich.Design with
        {
            Enrolment = new EnrolmentRates
            {
                Periods =
                [
                    new EnrolmentPeriod { Weeks = 10, PerWeek = 2 },
                    new EnrolmentPeriod { Weeks = 10, PerWeek = 0 },
                    new EnrolmentPeriod { Weeks = 10, PerWeek = 4 },
                ],
            },
            Rescue = new RescueRule { LossThreshold = 5, DelayWeeks = 1.5, AcceptanceProbability = 0.8 },
        },
        Observation = TestScenarios.Rich.Observation with
        {
            Events =
            [
                .. TestScenarios.Rich.Observation.Events.Take(2),
                new DropoutHazard
                {
                    Kind = EventKind.OtherWithdrawal,
                    PerWeek = 0.002,
                    Mechanism = MissingnessMechanism.Mar,
                    Strength = 0.15,
                },
                new DropoutHazard
                {
                    Kind = EventKind.WithdrawalForProgression,
                    PerWeek = 0.002,
                    Mechanism = MissingnessMechanism.Mnar,
                    Strength = 0.1,
                },
            ],
            IntermittentMissingness = new IntermittentMissingness { Mechanism = MissingnessMechanism.Mnar, Strength = 0.1 },
            MissedVisitBlocks = [new MissedVisitBlock { FromWeek = 15, Weeks = 12, Probability = 0.5 }],
            StopTreatment = new StopTreatmentHazard
            {
                PerWeek = 0.005,
                RateExponent = 0.5,
                ScoreCoefficient = 0.05,
                RestartsAtSwitch = true,
            },
        },
    };
}
