using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of the random-slope model.</summary>
internal static class RandomSlopeShapes
{
    internal static RecordShape<RandomSlopeModel> Model { get; } =
        new RecordShape<RandomSlopeModel>("randomSlope", new RandomSlopeModel { ThroughWeek = 1 })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Number("throughWeek", x => x.ThroughWeek, (x, v) => x with { ThroughWeek = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Number("fromWeek", x => x.FromWeek, (x, v) => x with { FromWeek = v }, 0, 2_000)
            .Flag("commonBaseline", x => x.CommonBaseline, (x, v) => x with { CommonBaseline = v })
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .Choice("estimation", x => x.Estimation, (x, v) => x with { Estimation = v })
            .Choice("degreesOfFreedom", x => x.DegreesOfFreedom, (x, v) => x with { DegreesOfFreedom = v })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5);

    internal static RecordShape<TableRandomSlope> Table { get; } =
        new RecordShape<TableRandomSlope>(
            "randomSlope", new TableRandomSlope { Response = "AVAL", Participant = "USUBJID", Time = "MONTH" })
            .Text("response", x => x.Response, (x, v) => x with { Response = v }, required: true)
            .Text("participant", x => x.Participant, (x, v) => x with { Participant = v }, required: true)
            .Text("time", x => x.Time, (x, v) => x with { Time = v }, required: true)
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .Flag("commonBaseline", x => x.CommonBaseline, (x, v) => x with { CommonBaseline = v })
            .Choice("estimation", x => x.Estimation, (x, v) => x with { Estimation = v })
            .Choice("degreesOfFreedom", x => x.DegreesOfFreedom, (x, v) => x with { DegreesOfFreedom = v });
}
