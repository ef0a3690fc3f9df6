using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of missing data and of what happens to treatment.</summary>
internal static class MissingDataShapes
{
    internal static RecordShape<StopTreatmentHazard> StopTreatment { get; } =
        new RecordShape<StopTreatmentHazard>("stopTreatment", new StopTreatmentHazard { PerWeek = 0 })
            .Number("perWeek", x => x.PerWeek, (x, v) => x with { PerWeek = v }, 0, 10, required: true)
            .Number("rateExponent", x => x.RateExponent, (x, v) => x with { RateExponent = v }, 0, 5)
            .Number("scoreCoefficient", x => x.ScoreCoefficient, (x, v) => x with { ScoreCoefficient = v }, -1, 1)
            .Number("referenceScore", x => x.ReferenceScore, (x, v) => x with { ReferenceScore = v }, 0, 48)
            .Number("rateMinimum", x => x.RateMinimum, (x, v) => x with { RateMinimum = v }, 0, 48, aboveMinimum: true)
            .Number("rateMaximum", x => x.RateMaximum, (x, v) => x with { RateMaximum = v }, 0, 48, aboveMinimum: true)
            .Flag("restartsAtSwitch", x => x.RestartsAtSwitch, (x, v) => x with { RestartsAtSwitch = v });

    internal static RecordShape<RescueRule> Rescue { get; } =
        new RecordShape<RescueRule>("rescue", new RescueRule { LossThreshold = 1 })
            .Number("lossThreshold", x => x.LossThreshold, (x, v) => x with { LossThreshold = v }, 0, 48, aboveMinimum: true, required: true)
            .Number("delayWeeks", x => x.DelayWeeks, (x, v) => x with { DelayWeeks = v }, 0, 520)
            .Number("acceptanceProbability", x => x.AcceptanceProbability, (x, v) => x with { AcceptanceProbability = v }, 0, 1);

    internal static RecordShape<IntermittentMissingness> Intermittent { get; } =
        new RecordShape<IntermittentMissingness>(
            "intermittentMissingness", new IntermittentMissingness { Mechanism = MissingnessMechanism.Mcar, Strength = 0 })
            .Choice("mechanism", x => x.Mechanism, (x, v) => x with { Mechanism = v }, required: true)
            .Number("strength", x => x.Strength, (x, v) => x with { Strength = v }, -1, 1, required: true);

    internal static RecordShape<MissedVisitBlock> Block { get; } =
        new RecordShape<MissedVisitBlock>("missedVisitBlock", new MissedVisitBlock { FromWeek = 0, Weeks = 1 })
            .Number("fromWeek", x => x.FromWeek, (x, v) => x with { FromWeek = v }, 0, 1e4, required: true)
            .Number("weeks", x => x.Weeks, (x, v) => x with { Weeks = v }, 0, 1e4, aboveMinimum: true, required: true)
            .Number("probability", x => x.Probability, (x, v) => x with { Probability = v }, 0, 1);

    internal static UnionShape<Enrolment> Enrolment { get; } = new UnionShape<Enrolment>("enrolment", "type")
        .Case(new RecordShape<UniformEnrolment>("uniform", new UniformEnrolment { Weeks = 1 }, "uniformEnrolment")
            .Number("weeks", x => x.Weeks, (x, v) => x with { Weeks = v }, 0, 2_000, aboveMinimum: true, required: true))
        .Case(new RecordShape<EnrolmentRates>(
            "rates", new EnrolmentRates { Periods = [new EnrolmentPeriod { Weeks = 1, PerWeek = 1 }] }, "enrolmentRates")
            .Add(
                "periods",
                new ListShape<EnrolmentPeriod>(
                    new RecordShape<EnrolmentPeriod>("enrolmentPeriod", new EnrolmentPeriod { Weeks = 1, PerWeek = 1 })
                        .Number("weeks", x => x.Weeks, (x, v) => x with { Weeks = v }, 0, 2_000, aboveMinimum: true, required: true)
                        .Number("perWeek", x => x.PerWeek, (x, v) => x with { PerWeek = v }, 0, 1e6, required: true)),
                x => x.Periods,
                (x, v) => x with { Periods = v },
                required: true));
}
