using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of multiple imputation and of the analyses that hold it.</summary>
internal static class ImputationShapes
{
    internal static RecordShape<MultipleImputation> Imputation { get; } =
        new RecordShape<MultipleImputation>("multipleImputation", new MultipleImputation())
            .Integer("imputations", x => x.Imputations, (x, v) => x with { Imputations = v }, 2, 10_000)
            .Choice("method", x => x.Method, (x, v) => x with { Method = v })
            .Flag("byArm", x => x.ByArm, (x, v) => x with { ByArm = v })
            .Flag("byStratum", x => x.ByStratum, (x, v) => x with { ByStratum = v })
            .Texts("predictors", x => x.Predictors, (x, v) => x with { Predictors = v })
            .Integer("cycles", x => x.Cycles, (x, v) => x with { Cycles = v }, 1, 1_000)
            .Choice("scale", x => x.Scale, (x, v) => x with { Scale = v })
            .Choice("reference", x => x.Reference, (x, v) => x with { Reference = v })
            .Number("activeDelta", x => x.ActiveDelta, (x, v) => x with { ActiveDelta = v }, -1_000, 1_000)
            .Number("controlDelta", x => x.ControlDelta, (x, v) => x with { ControlDelta = v }, -1_000, 1_000)
            .Choice("deltaAdjustment", x => x.DeltaAdjustment, (x, v) => x with { DeltaAdjustment = v })
            .Choice("scores", x => x.Scores, (x, v) => x with { Scores = v })
            .Choice("afterDeath", x => x.AfterDeath, (x, v) => x with { AfterDeath = v })
            .Integer("seed", x => x.Seed, (x, v) => x with { Seed = v }, 0, int.MaxValue);

    internal static RecordShape<AncovaWithImputation> AncovaWithImputation { get; } =
        new RecordShape<AncovaWithImputation>("ancovaWithImputation", new AncovaWithImputation { Week = 1 })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Number("week", x => x.Week, (x, v) => x with { Week = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Choice("response", x => x.Response, (x, v) => x with { Response = v })
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .Add("imputation", Imputation, x => x.Imputation, (x, v) => x with { Imputation = v })
            .Choice("degreesOfFreedom", x => x.DegreesOfFreedom, (x, v) => x with { DegreesOfFreedom = v })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5);

    internal static RecordShape<JointRankWithImputation> JointRankWithImputation { get; } =
        new RecordShape<JointRankWithImputation>("jointRankWithImputation", new JointRankWithImputation { Week = 1 })
            .Text("name", x => x.Name, (x, v) => x with { Name = v })
            .Number("week", x => x.Week, (x, v) => x with { Week = v }, 0, 2_000, aboveMinimum: true, required: true)
            .Add("test", PooledTests, x => x.Test, (x, v) => x with { Test = v })
            .Choice("winVariance", x => x.WinVariance, (x, v) => x with { WinVariance = v })
            .Flag(
                "permanentVentilationIsDeath",
                x => x.PermanentVentilationIsDeath,
                (x, v) => x with { PermanentVentilationIsDeath = v })
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .Texts("stratifyBy", x => x.StratifyBy, (x, v) => x with { StratifyBy = v })
            .Add("imputation", Imputation, x => x.Imputation, (x, v) => x with { Imputation = v })
            .Texts("strata", x => x.Strata, (x, v) => x with { Strata = v })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5);

    private static ChoiceShape<JointRankTest> PooledTests =>
        new([.. Enum.GetValues<JointRankTest>().Where(t => t != JointRankTest.ExactPermutation)]);

    /// <summary>Made anew by each call, so that neither class of shapes waits for the other to be initialised.</summary>
    internal static RecordShape<TableAncovaWithImputation> TableAncovaWithImputation =>
        TableShapes.WithCommon(new RecordShape<TableAncovaWithImputation>(
            "ancovaWithImputation",
            new TableAncovaWithImputation { Response = "CHG", Participant = "USUBJID", Visit = "AVISIT", AtVisit = "28" }))
            .Text("response", x => x.Response, (x, v) => x with { Response = v }, required: true)
            .Text("participant", x => x.Participant, (x, v) => x with { Participant = v }, required: true)
            .Text("visit", x => x.Visit, (x, v) => x with { Visit = v }, required: true)
            .Add("atVisit", TableShapes.Level, x => x.AtVisit, (x, v) => x with { AtVisit = v }, required: true)
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .AddNullable("stratum", new TextShape(), x => x.Stratum, (x, v) => x with { Stratum = v as string })
            .Add("imputation", Imputation, x => x.Imputation, (x, v) => x with { Imputation = v })
            .Choice("degreesOfFreedom", x => x.DegreesOfFreedom, (x, v) => x with { DegreesOfFreedom = v });
}
