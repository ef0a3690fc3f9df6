using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of hazards.</summary>
internal static class HazardShapes
{
    private static readonly ChoiceShape<EventKind> HazardKind = new(
        EventKind.Death, EventKind.PermanentVentilation, EventKind.WithdrawalForProgression, EventKind.OtherWithdrawal);

    private static readonly ChoiceShape<EventKind> DropoutKind = new(EventKind.WithdrawalForProgression, EventKind.OtherWithdrawal);

    internal static UnionShape<EventHazard> Hazard { get; } = new UnionShape<EventHazard>("eventHazard", "type")
        .Case(new RecordShape<ConstantHazard>("constant", new ConstantHazard { Kind = EventKind.Death, PerWeek = 0 })
            .Add("kind", HazardKind, x => x.Kind, (x, v) => x with { Kind = v }, required: true)
            .Number("perWeek", x => x.PerWeek, (x, v) => x with { PerWeek = v }, 0, 10, required: true))
        .Case(new RecordShape<ProgressionHazard>(
            "progression",
            new ProgressionHazard { Kind = EventKind.Death, PerWeek = 0, RateExponent = 0, ScoreCoefficient = 0 })
            .Add("kind", HazardKind, x => x.Kind, (x, v) => x with { Kind = v }, required: true)
            .Number("perWeek", x => x.PerWeek, (x, v) => x with { PerWeek = v }, 0, 10, required: true)
            .Number("rateExponent", x => x.RateExponent, (x, v) => x with { RateExponent = v }, 0, 5, required: true)
            .Number("scoreCoefficient", x => x.ScoreCoefficient, (x, v) => x with { ScoreCoefficient = v }, -1, 1, required: true)
            .Number("referenceScore", x => x.ReferenceScore, (x, v) => x with { ReferenceScore = v }, 0, 48)
            .Number("rateMinimum", x => x.RateMinimum, (x, v) => x with { RateMinimum = v }, 0, 48, aboveMinimum: true)
            .Number("rateMaximum", x => x.RateMaximum, (x, v) => x with { RateMaximum = v }, 0, 48, aboveMinimum: true))
        .Case(new RecordShape<DropoutHazard>(
            "dropout",
            new DropoutHazard { Kind = EventKind.OtherWithdrawal, PerWeek = 0, Mechanism = MissingnessMechanism.Mcar, Strength = 0 })
            .Add("kind", DropoutKind, x => x.Kind, (x, v) => x with { Kind = v }, required: true)
            .Number("perWeek", x => x.PerWeek, (x, v) => x with { PerWeek = v }, 0, 10, required: true)
            .Choice("mechanism", x => x.Mechanism, (x, v) => x with { Mechanism = v }, required: true)
            .Number("strength", x => x.Strength, (x, v) => x with { Strength = v }, -1, 1, required: true));
}
