using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>Items and adverse events with every property set, at values that are easily lost on the way through a text.</summary>
internal static class ItemExamples
{
    private const double AlmostThreeTenths = 0.1 + 0.2;

    internal static ItemModel Model { get; } = new()
    {
        Items =
        [
            .. Enumerable.Range(0, ItemModel.ItemCount).Select(i => new AlsfrsrItem
            {
                Discrimination = 0.05 + (AlmostThreeTenths * i),
                Thresholds = [-20, -AlmostThreeTenths, 1e-300, 1.0 / 3],
            }),
        ],
        BulbarSd = AlmostThreeTenths,
        FineMotorSd = 1e-300,
        GrossMotorSd = 20,
        RespiratorySd = 0,
        Correlations =
        [
            new DomainCorrelation { First = AlsfrsrDomain.FineMotor, Second = AlsfrsrDomain.GrossMotor, Value = AlmostThreeTenths },
        ],
        BulbarOnsetShift = 1.0 / 3,
        VisitErrorSd = AlmostThreeTenths,
    };

    internal static ValueList<AdverseEventClass> AdverseEvents { get; } =
    [
        new AdverseEventClass { Name = "Kopfschmerz", RatePerYearOffDrug = 0, RatePerYearOnDrug = 1e-300 },
        new AdverseEventClass
        {
            Name = "脊髄炎 =1+1",
            IsSerious = true,
            RatePerYearOffDrug = AlmostThreeTenths,
            RatePerYearOnDrug = 365.25,
            LogRateSd = 1.0 / 3,
            FrailtyLoading = -AlmostThreeTenths,
        },
    ];
}
