using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Everything about missing data and intercurrent events, at awkward values; see <see cref="ScenarioExamples"/>.</summary>
internal static class MissingDataExamples
{
    private const double AlmostThreeTenths = 0.1 + 0.2;

    internal static DropoutHazard Dropout { get; } = new()
    {
        Kind = EventKind.WithdrawalForProgression,
        PerWeek = double.Epsilon,
        Mechanism = MissingnessMechanism.Mnar,
        Strength = -AlmostThreeTenths,
    };

    internal static StopTreatmentHazard StopTreatment { get; } = new()
    {
        PerWeek = AlmostThreeTenths,
        RateExponent = 5,
        ScoreCoefficient = -AlmostThreeTenths,
        ReferenceScore = double.Epsilon,
        RateMinimum = double.Epsilon,
        RateMaximum = 48,
        RestartsAtSwitch = true,
    };

    internal static IntermittentMissingness Intermittent { get; } =
        new() { Mechanism = MissingnessMechanism.Mar, Strength = -AlmostThreeTenths };

    internal static MissedVisitBlock Block { get; } = new() { FromWeek = 1e4, Weeks = double.Epsilon, Probability = AlmostThreeTenths };

    internal static EnrolmentRates Rates { get; } = new()
    {
        Periods = [new EnrolmentPeriod { Weeks = AlmostThreeTenths, PerWeek = 0 }, new EnrolmentPeriod { Weeks = 2_000, PerWeek = 1.0 / 3 }],
    };

    internal static UniformEnrolment Uniform { get; } = new() { Weeks = AlmostThreeTenths };

    internal static RescueRule Rescue { get; } =
        new() { LossThreshold = double.Epsilon, DelayWeeks = AlmostThreeTenths, AcceptanceProbability = 1.0 / 3 };
}
