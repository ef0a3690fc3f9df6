using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of the items of the ALSFRS-R.</summary>
internal static class ItemShapes
{
    private static readonly RecordShape<AlsfrsrItem> Item =
        new RecordShape<AlsfrsrItem>("alsfrsrItem", new AlsfrsrItem { Discrimination = 1, Thresholds = [0, 1, 2, 3] })
            .Number("discrimination", x => x.Discrimination, (x, v) => x with { Discrimination = v }, 0.05, 20, required: true)
            .Add(
                "thresholds",
                new ListShape<double>(new NumberShape(-20, 20)),
                x => x.Thresholds,
                (x, v) => x with { Thresholds = v },
                required: true);

    private static readonly RecordShape<DomainCorrelation> Correlation =
        new RecordShape<DomainCorrelation>("domainCorrelation", new DomainCorrelation { First = 0, Second = 0, Value = 0 })
            .Choice("first", x => x.First, (x, v) => x with { First = v }, required: true)
            .Choice("second", x => x.Second, (x, v) => x with { Second = v }, required: true)
            .Number("value", x => x.Value, (x, v) => x with { Value = v }, -1, 1, required: true);

    internal static RecordShape<ItemModel> Model { get; } =
        new RecordShape<ItemModel>("items", new ItemModel())
            .Add("items", new ListShape<AlsfrsrItem>(Item), x => x.Items, (x, v) => x with { Items = v })
            .Number("bulbarSd", x => x.BulbarSd, (x, v) => x with { BulbarSd = v }, 0, 20)
            .Number("fineMotorSd", x => x.FineMotorSd, (x, v) => x with { FineMotorSd = v }, 0, 20)
            .Number("grossMotorSd", x => x.GrossMotorSd, (x, v) => x with { GrossMotorSd = v }, 0, 20)
            .Number("respiratorySd", x => x.RespiratorySd, (x, v) => x with { RespiratorySd = v }, 0, 20)
            .Add("correlations", new ListShape<DomainCorrelation>(Correlation), x => x.Correlations, (x, v) => x with { Correlations = v })
            .Number("bulbarOnsetShift", x => x.BulbarOnsetShift, (x, v) => x with { BulbarOnsetShift = v }, -20, 20)
            .Number("visitErrorSd", x => x.VisitErrorSd, (x, v) => x with { VisitErrorSd = v }, 0, 20);
}
