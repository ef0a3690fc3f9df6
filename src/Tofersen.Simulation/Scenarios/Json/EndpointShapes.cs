using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of endpoints besides the ALSFRS-R total.</summary>
internal static class EndpointShapes
{
    private static readonly RecordShape<BiomarkerResponse> Response =
        new RecordShape<BiomarkerResponse>("biomarkerResponse", new BiomarkerResponse { Ratio = 1 })
            .Number("ratio", x => x.Ratio, (x, v) => x with { Ratio = v }, 1e-6, 100, required: true)
            .Number("logSd", x => x.LogSd, (x, v) => x with { LogSd = v }, 0, 5)
            .Number("lagWeeks", x => x.LagWeeks, (x, v) => x with { LagWeeks = v }, 0, 520)
            .Number("halfTimeWeeks", x => x.HalfTimeWeeks, (x, v) => x with { HalfTimeWeeks = v }, 0, 520)
            .Number("washoutHalfTimeWeeks", x => x.WashoutHalfTimeWeeks, (x, v) => x with { WashoutHalfTimeWeeks = v }, 0, 520);

    private static readonly RecordShape<BiomarkerStratum> Biomarker =
        new RecordShape<BiomarkerStratum>("biomarkerStratum", new BiomarkerStratum())
            .Add("stratum", new TextShape(mayBeEmpty: true), x => x.Stratum, (x, v) => x with { Stratum = v })
            .AddOptional("geometricMean", new NumberShape(1e-6, 1e9), x => x.GeometricMean, (x, v) => x with { GeometricMean = (double)v })
            .Number("logSd", x => x.LogSd, (x, v) => x with { LogSd = v }, 0, 5)
            .Number("driftPerMonth", x => x.DriftPerMonth, (x, v) => x with { DriftPerMonth = v }, -1, 1)
            .Number("driftSdPerMonth", x => x.DriftSdPerMonth, (x, v) => x with { DriftSdPerMonth = v }, 0, 1)
            .AddOptional("response", Response, x => x.Response, (x, v) => x with { Response = (BiomarkerResponse)v });

    private static readonly RecordShape<FunctionStratum> Function =
        new RecordShape<FunctionStratum>("functionStratum", new FunctionStratum { LossPerMonth = 0 })
            .Add("stratum", new TextShape(mayBeEmpty: true), x => x.Stratum, (x, v) => x with { Stratum = v })
            .AddOptional("baselineMean", new NumberShape(-1e6, 1e6), x => x.BaselineMean, (x, v) => x with { BaselineMean = (double)v })
            .Number("baselineSd", x => x.BaselineSd, (x, v) => x with { BaselineSd = v }, 0, 1e6)
            .Number("scoreCorrelation", x => x.ScoreCorrelation, (x, v) => x with { ScoreCorrelation = v }, -1, 1)
            .Number("lossPerMonth", x => x.LossPerMonth, (x, v) => x with { LossPerMonth = v }, -1e6, 1e6, required: true)
            .Number("lossSdPerMonth", x => x.LossSdPerMonth, (x, v) => x with { LossSdPerMonth = v }, 0, 1e6)
            .Number("rateCorrelation", x => x.RateCorrelation, (x, v) => x with { RateCorrelation = v }, -1, 1);

    internal static UnionShape<Endpoint> Endpoint { get; } = new UnionShape<Endpoint>("endpoint", "type")
        .Case(WithCommon(new RecordShape<BiomarkerEndpoint>(
            "biomarker", new BiomarkerEndpoint { Name = "biomarker", Strata = [new BiomarkerStratum()] }))
            .Add(
                "strata",
                new ListShape<BiomarkerStratum>(Biomarker, s => s.Stratum),
                x => x.Strata,
                (x, v) => x with { Strata = v },
                required: true)
            .Choice("driver", x => x.Driver, (x, v) => x with { Driver = v })
            .Number("withinParticipantLogSd", x => x.WithinParticipantLogSd, (x, v) => x with { WithinParticipantLogSd = v }, 0, 5)
            .AddOptional("lowerLimit", new NumberShape(1e-9, 1e9), x => x.LowerLimit, (x, v) => x with { LowerLimit = (double)v })
            .AddOptional("upperLimit", new NumberShape(1e-9, 1e9), x => x.UpperLimit, (x, v) => x with { UpperLimit = (double)v }))
        .Case(WithCommon(new RecordShape<FunctionEndpoint>(
            "function", new FunctionEndpoint { Name = "function", Strata = [new FunctionStratum { LossPerMonth = 0 }] }))
            .Add(
                "strata",
                new ListShape<FunctionStratum>(Function, s => s.Stratum),
                x => x.Strata,
                (x, v) => x with { Strata = v },
                required: true)
            .Number("residualSd", x => x.ResidualSd, (x, v) => x with { ResidualSd = v }, 0, 1e6)
            .Number("minimum", x => x.Minimum, (x, v) => x with { Minimum = v }, -1e6, 1e6)
            .Number("maximum", x => x.Maximum, (x, v) => x with { Maximum = v }, -1e6, 1e6));

    private static RecordShape<T> WithCommon<T>(RecordShape<T> shape)
        where T : Endpoint =>
        shape
            .Text("name", x => x.Name, (x, v) => x with { Name = v }, required: true)
            .Add("label", new TextShape(mayBeEmpty: true), x => x.Label, (x, v) => x with { Label = v })
            .Add("unit", new TextShape(mayBeEmpty: true), x => x.Unit, (x, v) => x with { Unit = v })
            .Add(
                "visitWeeks",
                new ListShape<double>(new NumberShape(0, 2_000)),
                x => x.VisitWeeks,
                (x, v) => x with { VisitWeeks = v });
}
