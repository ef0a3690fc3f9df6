using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of the mixed models.</summary>
internal static class MixedModelShapes
{
    internal static RecordShape<Mmrm> Mmrm { get; } = new RecordShape<Mmrm>("mmrm", new Mmrm { Week = 1 })
        .Text("name", x => x.Name, (x, v) => x with { Name = v })
        .Number("week", x => x.Week, (x, v) => x with { Week = v }, 0, 2_000, aboveMinimum: true, required: true)
        .AddOptional(
            "throughWeek",
            new NumberShape(0, 2_000, aboveMinimum: true),
            x => x.ThroughWeek,
            (x, v) => x with { ThroughWeek = (double)v })
        .Choice("response", x => x.Response, (x, v) => x with { Response = v })
        .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
        .Choice("covariance", x => x.Covariance, (x, v) => x with { Covariance = v })
        .Add(
            "fallback",
            new ListShape<CovarianceStructure>(new ChoiceShape<CovarianceStructure>()),
            x => x.Fallback,
            (x, v) => x with { Fallback = v })
        .Choice("estimation", x => x.Estimation, (x, v) => x with { Estimation = v })
        .Choice("degreesOfFreedom", x => x.DegreesOfFreedom, (x, v) => x with { DegreesOfFreedom = v })
        .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
        .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5);
}
