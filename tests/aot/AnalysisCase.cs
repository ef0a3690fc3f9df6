using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.AheadOfTime;

/// <summary>An analysis and the trials that it is applied to.</summary>
/// <param name="Name">Name of the case.</param>
/// <param name="Operations">How many times it is run to count its instructions.</param>
/// <param name="Analysis">The analysis.</param>
/// <param name="Scenario">Scenario of its trials.</param>
internal sealed record AnalysisCase(string Name, int Operations, IAnalysis Analysis, Scenario Scenario)
{
    private const int Many = 60;
    private const int Some = 20;
    private const int Few = 5;

    private static readonly Scenario Valor = ValorOpenLabelExtension.ToWeek52.Scenario;

    private static readonly Scenario MissedVisits = Valor with
    {
        Observation = Valor.Observation with { IntermittentMissingProbability = 0.03 },
    };

    private static readonly Mmrm RepeatedMeasures = new() { Week = 28 };

    private static readonly RandomSlopeModel RandomSlopes = new() { ThroughWeek = 28 };

    private static readonly Ancova FourCovariates = new()
    {
        Week = 28,
        Covariates = [Covariates.Baseline, Covariates.LogNeurofilamentLight, Covariates.Riluzole, Covariates.Edaravone],
    };

    /// <summary>Every method on trials of VALOR with its extension, the mixed model by pattern of missing visits, too.</summary>
    internal static IEnumerable<AnalysisCase> All =>
    [
        .. OfOneVisit,
        .. OfEvents,
        .. OfRepeatedMeasures("dropout", Some, Valor),
        .. OfRepeatedMeasures("missed-visits", Few, MissedVisits),
        new("random-slopes", Some, RandomSlopes, Valor),
        new("random-slopes-kenward-roger", Some, RandomSlopes with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRoger }, Valor),
        new("random-slopes-52", Some, RandomSlopes with { ThroughWeek = 52 }, Valor),
        new("delayed-start", Some, new DelayedStartAnalysis { FirstWeek = 28, SecondWeek = 52 }, Valor),
        new("adagio", Few, Adagio, Valor),
        new("slopes", Many, new SlopeAnalysis { ThroughWeek = 52 }, Valor),
    ];

    private static AdagioAnalysis Adagio => new()
    {
        FirstFromWeek = 8,
        FirstToWeek = 28,
        SecondFromWeek = 40,
        SecondToWeek = 52,
        MarginPerMonth = 0.1,
        Covariance = CovarianceStructure.CompoundSymmetry,
    };

    private static IEnumerable<AnalysisCase> OfOneVisit =>
    [
        new("ancova", Many, FourCovariates, Valor),
        new("ancova-robust", Many, FourCovariates with { Variance = RobustVariance.HC3 }, Valor),
        new("ancova-imputed", Few, new AncovaWithImputation { Week = 28, Imputation = new() { Imputations = 100 } }, Valor),
        new("ancova-imputed-chained", Few, new AncovaWithImputation { Week = 28, Imputation = Chained }, MissedVisits),
        new("ancova-imputed-jump-to-reference", Few, new AncovaWithImputation { Week = 28, Imputation = JumpToReference }, Valor),
        new("joint-rank", Many, new JointRank { Week = 28, Covariates = FourCovariates.Covariates }, Valor),
        new("joint-rank-last-observed", Many, new JointRank { Week = 28, Incomplete = IncompleteFollowUp.LastObserved }, Valor),
        new("joint-rank-win-ratio", Many, new JointRank { Week = 28, Test = JointRankTest.WinRatio }, Valor),
        new("joint-rank-imputed", Few, new JointRankWithImputation { Week = 28, Imputation = new() { Imputations = 10 } }, Valor),
        new("responders", Many, new ResponderAnalysis { Week = 28, Threshold = -6 }, Valor),
        new("posterior", Many, new PosteriorProbability { Analysis = FourCovariates, Prior = new NormalPrior { Sd = 2 } }, Valor),
        new("estimand", Some, WhileOnTreatment, Valor),
        new("endpoint", Many, new EndpointAnalysis { Endpoint = "nfl", Analysis = new Ancova { Week = 28 } }, Valor),
    ];

    private static MultipleImputation Chained => new() { Imputations = 10, Cycles = 5, Method = ImputationMethod.Chained };

    private static MultipleImputation JumpToReference => new()
    {
        Imputations = 20,
        Reference = ReferenceBasedImputation.JumpToReference,
    };

    private static EstimandAnalysis WhileOnTreatment => new()
    {
        Analysis = new Ancova { Week = 28 },
        Strategies = new Estimand { Withdrawal = EventStrategy.WhileOnTreatment },
    };

    private static IEnumerable<AnalysisCase> OfEvents =>
    [
        new("log-rank", Many, new LogRank { ThroughWeek = 52 }, Valor),
        new("cox", Some, new CoxRegression { ThroughWeek = 52 }, Valor),
        new("cox-covariates", Some, new CoxRegression { ThroughWeek = 52, Covariates = FourCovariates.Covariates }, Valor),
        new("restricted-mean", Many, new RestrictedMeanSurvival { ThroughWeek = 52 }, Valor),
        new("rank-preserving", Few, new RankPreservingFailureTime { ThroughWeek = 52 }, Valor),
        new("event-proportion", Many, new EventProportion { ThroughWeek = 52, Missing = MissingOutcome.Excluded }, Valor),
    ];

    private static IEnumerable<AnalysisCase> OfRepeatedMeasures(string pattern, int operations, Scenario scenario) =>
    [
        new($"mmrm-{pattern}", operations, RepeatedMeasures, scenario),
        new($"mmrm-{pattern}-kenward-roger-linear", operations,
            RepeatedMeasures with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRogerLinear }, scenario),
        new($"mmrm-{pattern}-kenward-roger", operations,
            RepeatedMeasures with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRoger }, scenario),
        new($"mmrm-{pattern}-toeplitz", Few,
            RepeatedMeasures with { Covariance = CovarianceStructure.HeterogeneousToeplitz }, scenario),
    ];

    /// <summary>Simulates trials and prepares a worker for them.</summary>
    internal (IAnalysisWorker Worker, TrialData[] Trials) Prepare(ulong seed, int trials)
    {
        TrialData[] data = [.. Enumerable.Range(0, trials).Select(k => new TrialSimulator(Scenario).Simulate(seed, k))];
        return (Analysis.CreateWorker(data[0].Layout), data);
    }
}
