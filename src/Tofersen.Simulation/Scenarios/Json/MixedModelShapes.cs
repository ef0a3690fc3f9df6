using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of the mixed models.</summary>
internal static class MixedModelShapes
{
    private static readonly ListShape<CovarianceStructure> Structures = new(new ChoiceShape<CovarianceStructure>());

    internal static RecordShape<Mmrm> Mmrm { get; } = WithModel(new RecordShape<Mmrm>("mmrm", new Mmrm { Week = 1 })
        .Text("name", x => x.Name, (x, v) => x with { Name = v })
        .Number("week", x => x.Week, (x, v) => x with { Week = v }, 0, 2_000, aboveMinimum: true, required: true)
        .AddOptional(
            "throughWeek",
            new NumberShape(0, 2_000, aboveMinimum: true),
            x => x.ThroughWeek,
            (x, v) => x with { ThroughWeek = (double)v }));

    internal static RecordShape<DelayedStartAnalysis> DelayedStart { get; } =
        WithModel(new RecordShape<DelayedStartAnalysis>(
            "delayedStart", new DelayedStartAnalysis { FirstWeek = 1, SecondWeek = 2 }, "delayedStartAnalysis")
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Number("firstWeek", x => x.FirstWeek, (x, v) => x with { FirstWeek = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Number("secondWeek", x => x.SecondWeek, (x, v) => x with { SecondWeek = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Number("retention", x => x.Retention, (x, v) => x with { Retention = v }, 0, 1)
            .Choice("hypothesis", x => x.Hypothesis, (x, v) => x with { Hypothesis = v }));

    internal static RecordShape<AdagioAnalysis> Adagio { get; } =
        WithModel(new RecordShape<AdagioAnalysis>(
            "adagio",
            new AdagioAnalysis { FirstFromWeek = 0, FirstToWeek = 1, SecondFromWeek = 2, SecondToWeek = 3, MarginPerMonth = 0 })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Number("firstFromWeek", x => x.FirstFromWeek, (x, v) => x with { FirstFromWeek = v }, 0, 2_000, required: true)
            .Number("firstToWeek", x => x.FirstToWeek, (x, v) => x with { FirstToWeek = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Number("secondFromWeek", x => x.SecondFromWeek, (x, v) => x with { SecondFromWeek = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Number("secondToWeek", x => x.SecondToWeek, (x, v) => x with { SecondToWeek = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Number("marginPerMonth", x => x.MarginPerMonth, (x, v) => x with { MarginPerMonth = v }, 0, 48, required: true)
            .Choice("hypothesis", x => x.Hypothesis, (x, v) => x with { Hypothesis = v }));

    private static RecordShape<T> WithModel<T>(RecordShape<T> shape)
        where T : RepeatedMeasuresAnalysis =>
        shape
            .Choice("response", x => x.Response, (x, v) => x with { Response = v })
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .Choice("covariance", x => x.Covariance, (x, v) => x with { Covariance = v })
            .Add("fallback", Structures, x => x.Fallback, (x, v) => x with { Fallback = v })
            .Choice("estimation", x => x.Estimation, (x, v) => x with { Estimation = v })
            .Choice("degreesOfFreedom", x => x.DegreesOfFreedom, (x, v) => x with { DegreesOfFreedom = v })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5);
}
