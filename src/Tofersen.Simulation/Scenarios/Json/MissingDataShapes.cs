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
}
