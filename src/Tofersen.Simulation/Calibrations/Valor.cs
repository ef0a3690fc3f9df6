using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Calibrations;

/// <summary>VALOR, the 28-week placebo-controlled phase 3 trial of tofersen in SOD1-ALS (NCT02623699 part C).</summary>
public static class Valor
{
    /// <summary>The preset <c>valor</c>: 108 participants, tofersen to placebo 2:1, 60 fast and 48 slow, 28 weeks.</summary>
    public static Preset Preset { get; } = new()
    {
        Scenario = new Scenario
        {
            Name = "valor",
            Description = "VALOR: 28 weeks of tofersen 100 mg or placebo in SOD1-ALS, 2:1, stratified by expected progression.",
            Population = ValorModel.Population,
            Trajectory = ValorModel.Trajectory,
            Effect = ValorModel.Effect,
            Design = new ParallelGroup
            {
                Participants = 108,
                Allocation = new AllocationRatio(2, 1),
                BlockMultiple = 2,
                VisitWeeks = ValorModel.ValorVisits,
            },
            Observation = ValorModel.Observation,
            Endpoints = ValorEndpoints.All,
            AdverseEvents = ValorAdverseEvents.Classes,
            Analyses = PlaceboControlledAnalyses,
        },
        Sources = [.. ValorModel.Sources, .. ValorEndpoints.Sources, .. ValorAdverseEvents.Sources],
        Targets = [.. ValorTargets.PlaceboControlled, .. ValorEndpointTargets.PlaceboControlled, .. ValorAdverseEvents.Targets],
        TargetVisitWeeks = ValorModel.ValorVisits,
    };

    /// <summary>Analyses at the end of the placebo-controlled period.</summary>
    internal static ValueList<IAnalysis> PlaceboControlledAnalyses =>
    [
        new Ancova { Name = "ancova-28-fast", Week = 28, Strata = [ValorModel.Fast], Covariates = RankCovariates },
        new JointRank { Name = "joint-rank-28-fast", Week = 28, Strata = [ValorModel.Fast], Covariates = RankCovariates },
        new Ancova { Name = "ancova-28", Week = 28, Covariates = NeurofilamentCovariates },
        new JointRank { Name = "joint-rank-28", Week = 28, Covariates = NeurofilamentCovariates },
        new SlopeAnalysis { Name = "slopes-28", ThroughWeek = 28, MinimumVisits = MinimumVisits, Covariates = [Covariates.Stratum] },
        new LogRank { Name = "log-rank-28", ThroughWeek = 28, Events = Composite, StratifyBy = [Covariates.Stratum] },
    ];

    /// <summary>Death, permanent ventilation or withdrawal for progression: the composite of the July 2021 cut.</summary>
    internal static ValueList<EventKind> Composite =>
        [EventKind.Death, EventKind.PermanentVentilation, EventKind.WithdrawalForProgression];

    /// <summary>Visits that a slope needs: follow-up to week 24. The steep and noisy slopes of those who leave early make tails so
    /// heavy that the t test would reject too seldom.</summary>
    internal const int MinimumVisits = 8;

    /// <summary>Covariates of VALOR's own analysis: time since onset, baseline score, riluzole or edaravone.</summary>
    internal static ValueList<string> RankCovariates =>
        [Covariates.Baseline, Covariates.MonthsSinceOnset, Covariates.Riluzole, Covariates.Edaravone];

    /// <summary>Covariates of the integrated analyses: baseline score, neurofilament light, riluzole or edaravone; and the stratum,
    /// without which an analysis of a stratified trial rejects too seldom.</summary>
    internal static ValueList<string> NeurofilamentCovariates =>
        [Covariates.Baseline, Covariates.Stratum, Covariates.LogNeurofilamentLight, Covariates.Riluzole, Covariates.Edaravone];
}
