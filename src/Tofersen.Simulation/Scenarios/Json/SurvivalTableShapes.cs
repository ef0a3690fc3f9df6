using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of the analyses of the time to an event in tables.</summary>
internal static class SurvivalTableShapes
{
    internal static RecordShape<TableLogRank> LogRank { get; } =
        WithTimes(new RecordShape<TableLogRank>("logRank", new TableLogRank { Time = "AVAL" }))
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })

            // One specification serves logRank and cox. The log-rank test has no covariates and one treatment of ties.
            .Texts("covariates", _ => [], WithoutCovariates)
            .Choice("ties", _ => TieHandling.Efron, (x, _) => x);

    internal static RecordShape<TableCox> Cox { get; } =
        WithTimes(new RecordShape<TableCox>("cox", new TableCox { Time = "AVAL" }))
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Choice("ties", x => x.Ties, (x, v) => x with { Ties = v })
            .Choice("test", x => x.Test, (x, v) => x with { Test = v });

    internal static RecordShape<TableRestrictedMean> RestrictedMean { get; } =
        WithTimes(new RecordShape<TableRestrictedMean>(
            "restrictedMean", new TableRestrictedMean { Time = "AVAL", Horizon = 1 }))
            .Number("horizon", x => x.Horizon, (x, v) => x with { Horizon = v }, 0, 1e9, aboveMinimum: true, required: true);

    internal static RecordShape<TableRankPreserving> RankPreserving { get; } =
        WithTimes(new RecordShape<TableRankPreserving>(
            "rpsft", new TableRankPreserving { Time = "AVAL", TreatedFraction = "RX" }))
            .Text("treatedFraction", x => x.TreatedFraction, (x, v) => x with { TreatedFraction = v }, required: true)
            .AddNullable("censoring", new TextShape(), x => x.Censoring, (x, v) => x with { Censoring = v as string })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Choice("test", x => x.Test, (x, v) => x with { Test = v })
            .Choice("recensoring", x => x.Recensoring, (x, v) => x with { Recensoring = v })
            .Number("lowestPsi", x => x.LowestPsi, (x, v) => x with { LowestPsi = v }, -10, -0.01)
            .Number("highestPsi", x => x.HighestPsi, (x, v) => x with { HighestPsi = v }, 0.01, 10);

    private static TableLogRank WithoutCovariates(TableLogRank test, ValueList<string> covariates) => covariates.Count == 0
        ? test
        : throw new ArgumentException("A log-rank test has no covariates; take cox, or strata.", nameof(covariates));

    private static RecordShape<T> WithTimes<T>(RecordShape<T> shape)
        where T : TableTimeToEvent =>
        TableShapes.WithCommon(shape)
            .Text("time", x => x.Time, (x, v) => x with { Time = v }, required: true)
            .AddNullable("event", new TextShape(), x => x.Event, (x, v) => x with { Event = v as string })
            .AddNullable("censored", new TextShape(), x => x.Censored, (x, v) => x with { Censored = v as string })
            .AddNullable("participant", new TextShape(), x => x.Participant, (x, v) => x with { Participant = v as string });
}
