using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Tests.Scenarios.Json;

/// <summary>The chain from dose to function with every property set, at values that are easily lost on the way through a text.</summary>
internal static class ChainExamples
{
    private const double AlmostThreeTenths = 0.1 + 0.2;
    private const double Third = 1.0 / 3;
    private const double Tiny = 1e-300;

    internal static DoseToFunction Effect { get; } = new()
    {
        Regimen = new DosingRegimen
        {
            DoseMg = 999.999_999_999_999_9,
            LoadingDoses = 20,
            LoadingIntervalDays = 1 + AlmostThreeTenths,
            MaintenanceIntervalDays = 363.999_999_999_999_94,
            MissedProbability = AlmostThreeTenths,
            LatenessSdDays = Tiny,
            ReloadAfterPauseDays = 14_000,
        },
        CsfHalfLifeWeeks = 0.01,
        TissueHalfLifeWeeks = Third,
        Sod1HalfLifeWeeks = 520,
        NeurofilamentHalfLifeWeeks = AlmostThreeTenths,
        MaxInhibition = 0.99,
        HalfMaximalAmountMg = 0.001,
        HillExponent = 0.1,
        NeurofilamentExponent = Third,
        StratumNeurofilamentFactors = [AlmostThreeTenths, 10, Tiny],
        DelayWeeks = 520,
        RateExponent = AlmostThreeTenths,
        ExposureLogSd = Third,
        HalfMaximalAmountLogSd = Tiny,
        NeurofilamentExponentLogSd = AlmostThreeTenths,
        RateExponentLogSd = 2,
    };
}
