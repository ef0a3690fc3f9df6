using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of the analyses.</summary>
internal static class AnalysisShapes
{
    internal static UnionShape<IAnalysis> Analysis { get; } = WithEstimands(new UnionShape<IAnalysis>("analysis", "method")
        .Case(new RecordShape<Ancova>("ancova", new Ancova { Week = 1 })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Number("week", x => x.Week, (x, v) => x with { Week = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Choice("response", x => x.Response, (x, v) => x with { Response = v })
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Choice("variance", x => x.Variance, (x, v) => x with { Variance = v })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5))
        .Case(ImputationShapes.AncovaWithImputation)
        .Case(ImputationShapes.JointRankWithImputation)
        .Case(RankShapes.JointRank)
        .Case(RankShapes.Responders)
        .Case(RankShapes.EventProportion)
        .Case(RandomSlopeShapes.Model)
        .Case(MixedModelShapes.Mmrm)
        .Case(MixedModelShapes.DelayedStart)
        .Case(MixedModelShapes.Adagio)
        .Case(new RecordShape<LogRank>("logRank", new LogRank())
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Add("events", new ListShape<EventKind>(new ChoiceShape<EventKind>()), x => x.Events, (x, v) => x with { Events = v })
            .AddOptional(
                "throughWeek",
                new NumberShape(0, 2_000, aboveMinimum: true),
                x => x.ThroughWeek,
                (x, v) => x with { ThroughWeek = (double)v })
            .Texts("stratifyBy", x => x.StratifyBy, (x, v) => x with { StratifyBy = v })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5))
        .Case(SurvivalShapes.Cox)
        .Case(SurvivalShapes.RestrictedMean)
        .Case(SurvivalShapes.RankPreserving)
        .Case(new RecordShape<SlopeAnalysis>("slopes", new SlopeAnalysis { ThroughWeek = 1 })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Number("throughWeek", x => x.ThroughWeek, (x, v) => x with { ThroughWeek = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Number("fromWeek", x => x.FromWeek, (x, v) => x with { FromWeek = v }, 0, 2_000)
            .Integer("minimumVisits", x => x.MinimumVisits, (x, v) => x with { MinimumVisits = v }, 2, 200)
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5)));

    // An estimand or a posterior probability holds an analysis, which may be any of the others.
    private static UnionShape<IAnalysis> WithEstimands(UnionShape<IAnalysis> union)
    {
        var terminal = new ChoiceShape<EventStrategy>(
            EventStrategy.Hypothetical, EventStrategy.Composite, EventStrategy.WhileOnTreatment);
        var planned = new ChoiceShape<EventStrategy>(
            EventStrategy.TreatmentPolicy, EventStrategy.Hypothetical, EventStrategy.WhileOnTreatment);
        RecordShape<Estimand> strategies = new RecordShape<Estimand>("estimand", new Estimand())
            .Add("death", terminal, x => x.Death, (x, v) => x with { Death = v })
            .Add("permanentVentilation", terminal, x => x.PermanentVentilation, (x, v) => x with { PermanentVentilation = v })
            .Add("withdrawal", terminal, x => x.Withdrawal, (x, v) => x with { Withdrawal = v })
            .Add("switch", planned, x => x.Switch, (x, v) => x with { Switch = v })
            .Choice("treatmentStop", x => x.TreatmentStop, (x, v) => x with { TreatmentStop = v })
            .Choice("rescue", x => x.Rescue, (x, v) => x with { Rescue = v })
            .Number("compositeScore", x => x.CompositeScore, (x, v) => x with { CompositeScore = v }, 0, 48);
        return union.Case(RankShapes.PosteriorProbability(union)).Case(new RecordShape<EndpointAnalysis>(
            "onEndpoint", new EndpointAnalysis { Analysis = new LogRank(), Endpoint = "endpoint" })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Text("endpoint", x => x.Endpoint, (x, v) => x with { Endpoint = v }, required: true)
            .Add("analysis", union, x => x.Analysis, (x, v) => x with { Analysis = v }, required: true))
            .Case(new RecordShape<ArmComparison>("compareArms", new ArmComparison { Analysis = new LogRank(), Active = "active" })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Text("active", x => x.Active, (x, v) => x with { Active = v }, required: true)
            .AddOptional("control", new TextShape(), x => x.Control, (x, v) => x with { Control = (string)v })
            .Add("analysis", union, x => x.Analysis, (x, v) => x with { Analysis = v }, required: true))
            .Case(new RecordShape<EstimandAnalysis>(
            "withEstimand", new EstimandAnalysis { Analysis = new LogRank(), Strategies = new Estimand() })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Add("analysis", union, x => x.Analysis, (x, v) => x with { Analysis = v }, required: true)
            .Add("strategies", strategies, x => x.Strategies, (x, v) => x with { Strategies = v }, required: true));
    }
}
