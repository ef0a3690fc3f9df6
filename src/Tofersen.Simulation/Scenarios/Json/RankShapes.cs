using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of joint ranks, proportions and posterior probabilities.</summary>
internal static class RankShapes
{
    internal static RecordShape<JointRank> JointRank => new RecordShape<JointRank>("jointRank", new JointRank { Week = 1 })
        .Text("name", x => x.Name, (x, v) => x with { Name = v })
        .Number("week", x => x.Week, (x, v) => x with { Week = v }, 0, 2_000, aboveMinimum: true, required: true)
        .Choice("test", x => x.Test, (x, v) => x with { Test = v })
        .Choice("winVariance", x => x.WinVariance, (x, v) => x with { WinVariance = v })
        .Choice("incomplete", x => x.Incomplete, (x, v) => x with { Incomplete = v })
        .Flag(
            "permanentVentilationIsDeath",
            x => x.PermanentVentilationIsDeath,
            (x, v) => x with { PermanentVentilationIsDeath = v })
        .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
        .Texts("stratifyBy", x => x.StratifyBy, (x, v) => x with { StratifyBy = v })
        .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
        .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5);

    internal static RecordShape<ResponderAnalysis> Responders =>
        new RecordShape<ResponderAnalysis>("responders", new ResponderAnalysis { Week = 1, Threshold = 0 })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Number("week", x => x.Week, (x, v) => x with { Week = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Number("threshold", x => x.Threshold, (x, v) => x with { Threshold = v }, -48, 48, required: true)
            .Choice("missing", x => x.Missing, (x, v) => x with { Missing = v })
            .Texts("stratifyBy", x => x.StratifyBy, (x, v) => x with { StratifyBy = v })
            .Flag("continuityCorrection", x => x.ContinuityCorrection, (x, v) => x with { ContinuityCorrection = v })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5);

    internal static RecordShape<EventProportion> EventProportion =>
        new RecordShape<EventProportion>("eventProportion", new EventProportion { ThroughWeek = 1 })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Add("events", new ListShape<EventKind>(new ChoiceShape<EventKind>()), x => x.Events, (x, v) => x with { Events = v })
            .Number("throughWeek", x => x.ThroughWeek, (x, v) => x with { ThroughWeek = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Choice("missing", x => x.Missing, (x, v) => x with { Missing = v })
            .Texts("stratifyBy", x => x.StratifyBy, (x, v) => x with { StratifyBy = v })
            .Flag("continuityCorrection", x => x.ContinuityCorrection, (x, v) => x with { ContinuityCorrection = v })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5);

    internal static RecordShape<TableJointRank> TableJointRank =>
        new RecordShape<TableJointRank>("jointRank", new TableJointRank { Change = "CHG", DeathTime = "DTHDY" })
            .Text("change", x => x.Change, (x, v) => x with { Change = v }, required: true)
            .Text("deathTime", x => x.DeathTime, (x, v) => x with { DeathTime = v }, required: true)
            .AddNullable("participant", new TextShape(), x => x.Participant, (x, v) => x with { Participant = v as string })
            .AddNullable("horizon", new NumberShape(0, 1e9), x => x.Horizon, (x, v) => x with { Horizon = v as double? })
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v });

    /// <summary>A posterior probability holds another analysis of the same union.</summary>
    internal static RecordShape<PosteriorProbability> PosteriorProbability(IShape analysis) =>
        new RecordShape<PosteriorProbability>(
            "posteriorProbability", new PosteriorProbability { Analysis = new Ancova { Week = 1 } })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Add("analysis", analysis, x => x.Analysis, (x, v) => x with { Analysis = v }, required: true)
            .AddOptional("prior", Prior, x => x.Prior, (x, v) => x with { Prior = (NormalPrior)v })
            .Number("margin", x => x.Margin, (x, v) => x with { Margin = v }, -1e6, 1e6)
            .Choice("benefit", x => x.Benefit, (x, v) => x with { Benefit = v })
            .Number("threshold", x => x.Threshold, (x, v) => x with { Threshold = v }, 0.5, 0.999_999);

    private static RecordShape<NormalPrior> Prior => new RecordShape<NormalPrior>("normalPrior", new NormalPrior { Sd = 1 })
        .Number("mean", x => x.Mean, (x, v) => x with { Mean = v }, -1e6, 1e6)
        .Number("sd", x => x.Sd, (x, v) => x with { Sd = v }, 0, 1e6, aboveMinimum: true, required: true);
}
