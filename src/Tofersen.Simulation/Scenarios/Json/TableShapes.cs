using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>The JSON form of the analyses of tables.</summary>
internal static class TableShapes
{
    private static readonly TextShape RowValue = new(mayBeEmpty: true, mayBeNumber: true);

    private static readonly RecordShape<RowCondition> Condition =
        new RecordShape<RowCondition>("rowCondition", new RowCondition("column", "value"))
            .Text("column", x => x.Column, (x, v) => x with { Column = v }, required: true)
            .AddOptional("value", RowValue, x => x.Values.Count == 1 ? x.Values[0] : null, (x, v) => x with { Values = [(string)v] })
            .AddOptional("values", new ListShape<string>(RowValue), x => x.Values.Count == 1 ? null : x.Values, (x, v) => x with { Values = (ValueList<string>)v })
            .RequireOne("value", "values")
            .Flag("exclude", x => x.Exclude, (x, v) => x with { Exclude = v });

    /// <summary>A value of a column; a number stands for its text.</summary>
    internal static TextShape Level { get; } = new(mayBeNumber: true);

    internal static UnionShape<ITableAnalysis> Analysis { get; } = new UnionShape<ITableAnalysis>("tableAnalysis", "method")
        .Case(WithCommon(new RecordShape<TableAncova>("ancova", new TableAncova { Response = "CHG" }))
            .Text("response", x => x.Response, (x, v) => x with { Response = v }, required: true)
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .AddNullable("participant", new TextShape(), x => x.Participant, (x, v) => x with { Participant = v as string }))
        .Case(WithCommon(new RecordShape<TableMmrm>("mmrm", new TableMmrm { Response = "CHG", Participant = "USUBJID", Visit = "AVISIT" }))
            .Text("response", x => x.Response, (x, v) => x with { Response = v }, required: true)
            .Text("participant", x => x.Participant, (x, v) => x with { Participant = v }, required: true)
            .Text("visit", x => x.Visit, (x, v) => x with { Visit = v }, required: true)
            .Texts("covariates", x => x.Covariates, (x, v) => x with { Covariates = v })
            .Choice("covariance", x => x.Covariance, (x, v) => x with { Covariance = v })
            .Add(
                "fallback",
                new ListShape<CovarianceStructure>(new ChoiceShape<CovarianceStructure>()),
                x => x.Fallback,
                (x, v) => x with { Fallback = v })
            .Choice("degreesOfFreedom", x => x.DegreesOfFreedom, (x, v) => x with { DegreesOfFreedom = v })
            .Choice("estimation", x => x.Estimation, (x, v) => x with { Estimation = v }))
        .Case(WithCommon(RandomSlopeShapes.Table))
        .Case(SurvivalTableShapes.LogRank)
        .Case(SurvivalTableShapes.Cox)
        .Case(SurvivalTableShapes.RestrictedMean)
        .Case(SurvivalTableShapes.RankPreserving)
        .Case(ImputationShapes.TableAncovaWithImputation)
        .Case(WithCommon(new RecordShape<TableDelayedStart>(
            "delayedStart",
            new TableDelayedStart
            {
                Model = new TableMmrm { Response = "CHG", Participant = "USUBJID", Visit = "AVISIT" },
                FirstVisit = "28",
                SecondVisit = "52",
            }))
            .Text("response", x => x.Model.Response, (x, v) => x with { Model = x.Model with { Response = v } }, required: true)
            .Text("participant", x => x.Model.Participant, (x, v) => x with { Model = x.Model with { Participant = v } }, required: true)
            .Text("visit", x => x.Model.Visit, (x, v) => x with { Model = x.Model with { Visit = v } }, required: true)
            .Texts("covariates", x => x.Model.Covariates, (x, v) => x with { Model = x.Model with { Covariates = v } })
            .Choice("covariance", x => x.Model.Covariance, (x, v) => x with { Model = x.Model with { Covariance = v } })
            .Add(
                "fallback",
                new ListShape<CovarianceStructure>(new ChoiceShape<CovarianceStructure>()),
                x => x.Model.Fallback,
                (x, v) => x with { Model = x.Model with { Fallback = v } })
            .Choice("degreesOfFreedom", x => x.Model.DegreesOfFreedom, (x, v) => x with { Model = x.Model with { DegreesOfFreedom = v } })
            .Choice("estimation", x => x.Model.Estimation, (x, v) => x with { Model = x.Model with { Estimation = v } })
            .Add("firstVisit", Level, x => x.FirstVisit, (x, v) => x with { FirstVisit = v }, required: true)
            .Add("secondVisit", Level, x => x.SecondVisit, (x, v) => x with { SecondVisit = v }, required: true)
            .Number("retention", x => x.Retention, (x, v) => x with { Retention = v }, 0, 1))
        .Case(WithCommon(RankShapes.TableJointRank));

    /// <summary>The properties that every method has.</summary>
    internal static RecordShape<T> WithCommon<T>(RecordShape<T> shape)
        where T : TableAnalysis =>
        shape
            .AddNullable("arm", new TextShape(), x => x.Arm, (x, v) => x with { Arm = v as string })
            .AddNullable("control", Level, x => x.Control, (x, v) => x with { Control = v as string })
            .Number("alpha", x => x.Alpha, (x, v) => x with { Alpha = v }, 1e-6, 0.5)
            .Add("where", new ListShape<RowCondition>(Condition), x => x.Where, (x, v) => x with { Where = v });
}
