using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of the analyses of the time to an event, but for the log-rank test.</summary>
internal static class SurvivalShapes
{
    private static readonly ListShape<EventKind> Kinds = new(new ChoiceShape<EventKind>());
    private static readonly NumberShape Week = new(0, 2_000, aboveMinimum: true);

    internal static RecordShape<CoxRegression> Cox { get; } = new RecordShape<CoxRegression>("cox", new CoxRegression())
        .Text("name", x => x.Name, (x, v) => x with { Name = v })
        .Add("events", Kinds, x => x.Events, (x, v) => x with { Events = v })
        .AddOptional("throughWeek", Week, x => x.ThroughWeek, (x, v) => x with { ThroughWeek = (double)v })
        .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
        .Texts("stratifyBy", x => x.StratifyBy, (x, v) => x with { StratifyBy = v })
        .Choice("ties", x => x.Ties, (x, v) => x with { Ties = v })
        .Choice("test", x => x.Test, (x, v) => x with { Test = v })
        .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
        .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5);

    internal static RecordShape<RestrictedMeanSurvival> RestrictedMean { get; } =
        new RecordShape<RestrictedMeanSurvival>("restrictedMean", new RestrictedMeanSurvival { ThroughWeek = 1 })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Add("events", Kinds, x => x.Events, (x, v) => x with { Events = v })
            .Number("throughWeek", x => x.ThroughWeek, (x, v) => x with { ThroughWeek = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5);

    internal static RecordShape<RankPreservingFailureTime> RankPreserving { get; } =
        new RecordShape<RankPreservingFailureTime>("rpsft", new RankPreservingFailureTime())
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Add("events", Kinds, x => x.Events, (x, v) => x with { Events = v })
            .AddOptional("throughWeek", Week, x => x.ThroughWeek, (x, v) => x with { ThroughWeek = (double)v })
            .Texts("stratifyBy", x => x.StratifyBy, (x, v) => x with { StratifyBy = v })
            .Choice("test", x => x.Test, (x, v) => x with { Test = v })
            .Choice("recensoring", x => x.Recensoring, (x, v) => x with { Recensoring = v })
            .Number("lowestPsi", x => x.LowestPsi, (x, v) => x with { LowestPsi = v }, -10, -0.01)
            .Number("highestPsi", x => x.HighestPsi, (x, v) => x with { HighestPsi = v }, 0.01, 10)
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5);
}
