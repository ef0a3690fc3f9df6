using Tofersen.Simulation.Populations;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of carriers without symptoms.</summary>
internal static class PresymptomaticShapes
{
    internal static RecordShape<PresymptomaticPopulation> Population(IShape rate) =>
        new RecordShape<PresymptomaticPopulation>("presymptomatic", Prototype, "presymptomaticPopulation")
            .Text("stratumName", x => x.StratumName, (x, v) => x with { StratumName = v })
            .Number("onsetPerYear", x => x.OnsetPerYear, (x, v) => x with { OnsetPerYear = v }, 0, 10, aboveMinimum: true, required: true)
            .Number("runInIntervalWeeks", x => x.RunInIntervalWeeks, (x, v) => x with { RunInIntervalWeeks = v }, 0.5, 52)
            .Number("runInWeeks", x => x.RunInWeeks, (x, v) => x with { RunInWeeks = v }, 0.5, 1_040, required: true)
            .Number("thresholdPicograms", x => x.ThresholdPicograms, (x, v) => x with { ThresholdPicograms = v }, 0, 10_000)
            .Number("risePicograms", x => x.RisePicograms, (x, v) => x with { RisePicograms = v }, 0, 10_000)
            .Number(
                "neurofilamentLightGeometricMean",
                x => x.NeurofilamentLightGeometricMean,
                (x, v) => x with { NeurofilamentLightGeometricMean = v },
                0,
                10_000,
                aboveMinimum: true,
                required: true)
            .Number("neurofilamentLightLogSd", x => x.NeurofilamentLightLogSd, (x, v) => x with { NeurofilamentLightLogSd = v }, 0, 5)
            .Number(
                "onsetNeurofilamentLightGeometricMean",
                x => x.OnsetNeurofilamentLightGeometricMean,
                (x, v) => x with { OnsetNeurofilamentLightGeometricMean = v },
                0,
                10_000,
                aboveMinimum: true,
                required: true)
            .Number(
                "onsetNeurofilamentLightLogSd",
                x => x.OnsetNeurofilamentLightLogSd,
                (x, v) => x with { OnsetNeurofilamentLightLogSd = v },
                0,
                5)
            .Number("riseMeanMonths", x => x.RiseMeanMonths, (x, v) => x with { RiseMeanMonths = v }, 0, 240, aboveMinimum: true, required: true)
            .Number("riseSdMonths", x => x.RiseSdMonths, (x, v) => x with { RiseSdMonths = v }, 0, 240)
            .Number("withinParticipantLogSd", x => x.WithinParticipantLogSd, (x, v) => x with { WithinParticipantLogSd = v }, 0, 5)
            .Add("declineRate", rate, x => x.DeclineRate, (x, v) => x with { DeclineRate = v }, required: true)
            .Number("rateCorrelation", x => x.RateCorrelation, (x, v) => x with { RateCorrelation = v }, -1, 1)
            .Number("baselineScore", x => x.BaselineScore, (x, v) => x with { BaselineScore = v }, 0, 48)
            .Number("residualSd", x => x.ResidualSd, (x, v) => x with { ResidualSd = v }, 0, 24, required: true)
            .Number("eventHazardMultiplier", x => x.EventHazardMultiplier, (x, v) => x with { EventHazardMultiplier = v }, 0, 1000)
            .Number("ageMeanYears", x => x.AgeMeanYears, (x, v) => x with { AgeMeanYears = v }, 18, 100)
            .Number("ageSdYears", x => x.AgeSdYears, (x, v) => x with { AgeSdYears = v }, 0, 50)
            .Number("maleProbability", x => x.MaleProbability, (x, v) => x with { MaleProbability = v }, 0, 1);

    private static PresymptomaticPopulation Prototype => new()
    {
        OnsetPerYear = 1,
        RunInWeeks = 1,
        NeurofilamentLightGeometricMean = 1,
        OnsetNeurofilamentLightGeometricMean = 1,
        RiseMeanMonths = 1,
        DeclineRate = new LogNormalRate { Mean = 1, Sd = 1 },
        ResidualSd = 0,
    };
}
