using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of the chain from dose to function.</summary>
internal static class ChainShapes
{
    internal static RecordShape<DoseToFunction> DoseToFunction() =>
        new RecordShape<DoseToFunction>("doseToFunction", new DoseToFunction())
            .Add("regimen", Regimen(), x => x.Regimen, (x, v) => x with { Regimen = v })
            .Number("csfHalfLifeWeeks", x => x.CsfHalfLifeWeeks, (x, v) => x with { CsfHalfLifeWeeks = v }, 0.01, 520)
            .Number("tissueHalfLifeWeeks", x => x.TissueHalfLifeWeeks, (x, v) => x with { TissueHalfLifeWeeks = v }, 0.01, 520)
            .Number("sod1HalfLifeWeeks", x => x.Sod1HalfLifeWeeks, (x, v) => x with { Sod1HalfLifeWeeks = v }, 0.01, 520)
            .Number("neurofilamentHalfLifeWeeks", x => x.NeurofilamentHalfLifeWeeks, (x, v) => x with { NeurofilamentHalfLifeWeeks = v }, 0.01, 520)
            .Number("maxInhibition", x => x.MaxInhibition, (x, v) => x with { MaxInhibition = v }, 0, 0.99)
            .Number("halfMaximalAmountMg", x => x.HalfMaximalAmountMg, (x, v) => x with { HalfMaximalAmountMg = v }, 0.001, 1e5)
            .Number("hillExponent", x => x.HillExponent, (x, v) => x with { HillExponent = v }, 0.1, 10)
            .Number("neurofilamentExponent", x => x.NeurofilamentExponent, (x, v) => x with { NeurofilamentExponent = v }, 0, 10)
            .Add(
                "stratumNeurofilamentFactors",
                new ListShape<double>(new NumberShape(0, 10)),
                x => x.StratumNeurofilamentFactors,
                (x, v) => x with { StratumNeurofilamentFactors = v })
            .Integer("delayWeeks", x => x.DelayWeeks, (x, v) => x with { DelayWeeks = v }, 0, 520)
            .Number("rateExponent", x => x.RateExponent, (x, v) => x with { RateExponent = v }, 0, 10)
            .Number("exposureLogSd", x => x.ExposureLogSd, (x, v) => x with { ExposureLogSd = v }, 0, 2)
            .Number("halfMaximalAmountLogSd", x => x.HalfMaximalAmountLogSd, (x, v) => x with { HalfMaximalAmountLogSd = v }, 0, 2)
            .Number("neurofilamentExponentLogSd", x => x.NeurofilamentExponentLogSd, (x, v) => x with { NeurofilamentExponentLogSd = v }, 0, 2)
            .Number("rateExponentLogSd", x => x.RateExponentLogSd, (x, v) => x with { RateExponentLogSd = v }, 0, 2);

    private static RecordShape<DosingRegimen> Regimen() => new RecordShape<DosingRegimen>("dosingRegimen", new DosingRegimen())
        .Number("doseMg", x => x.DoseMg, (x, v) => x with { DoseMg = v }, 0, DosingRegimen.MaximumDoseMg)
        .Integer("loadingDoses", x => x.LoadingDoses, (x, v) => x with { LoadingDoses = v }, 1, 20)
        .Number("loadingIntervalDays", x => x.LoadingIntervalDays, (x, v) => x with { LoadingIntervalDays = v }, 1, 364)
        .Number("maintenanceIntervalDays", x => x.MaintenanceIntervalDays, (x, v) => x with { MaintenanceIntervalDays = v }, 1, 364)
        .Number("missedProbability", x => x.MissedProbability, (x, v) => x with { MissedProbability = v }, 0, 1)
        .Number("latenessSdDays", x => x.LatenessSdDays, (x, v) => x with { LatenessSdDays = v }, 0, 28)
        .Number("reloadAfterPauseDays", x => x.ReloadAfterPauseDays, (x, v) => x with { ReloadAfterPauseDays = v }, 0, 14_000);
}
