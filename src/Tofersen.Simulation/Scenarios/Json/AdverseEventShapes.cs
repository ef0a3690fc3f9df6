using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of adverse events.</summary>
internal static class AdverseEventShapes
{
    internal static RecordShape<AdverseEventClass> Class { get; } =
        new RecordShape<AdverseEventClass>(
            "adverseEventClass", new AdverseEventClass { Name = "event", RatePerYearOffDrug = 0, RatePerYearOnDrug = 0 })
            .Text("name", x => x.Name, (x, v) => x with { Name = v }, required: true)
            .Flag("isSerious", x => x.IsSerious, (x, v) => x with { IsSerious = v })
            .Number(
                "ratePerYearOffDrug",
                x => x.RatePerYearOffDrug,
                (x, v) => x with { RatePerYearOffDrug = v },
                0,
                AdverseEventClass.HighestRate,
                required: true)
            .Number(
                "ratePerYearOnDrug",
                x => x.RatePerYearOnDrug,
                (x, v) => x with { RatePerYearOnDrug = v },
                0,
                AdverseEventClass.HighestRate,
                required: true)
            .Number("logRateSd", x => x.LogRateSd, (x, v) => x with { LogRateSd = v }, 0, 3)
            .Number("frailtyLoading", x => x.FrailtyLoading, (x, v) => x with { FrailtyLoading = v }, -1, 1);
}
