using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Benchmarks.Commands;

/// <summary>The analyses that are held against R and whose time is followed as trials grow, under the names of the tables.</summary>
/// <param name="FirstWeek">End of the placebo-controlled period, in weeks.</param>
/// <param name="LastWeek">End of the trial, in weeks.</param>
internal sealed record ComparedAnalyses(double FirstWeek, double LastWeek)
{
    private static readonly ValueList<string> FourCovariates =
        [Covariates.Baseline, Covariates.LogNeurofilamentLight, Covariates.Riluzole, Covariates.Edaravone];

    private RandomSlopeModel RandomSlope => new() { ThroughWeek = FirstWeek };

    internal Mmrm RepeatedMeasures => new() { Week = FirstWeek };

    /// <summary>Every analysis by name.</summary>
    internal IEnumerable<(string Name, IAnalysis Analysis)> All =>
    [
        ("ancova", new Ancova { Week = FirstWeek, Covariates = FourCovariates }),
        ("joint-rank", new JointRank { Week = LastWeek, Covariates = FourCovariates, Incomplete = IncompleteFollowUp.LastObserved }),
        ("log-rank", new LogRank { ThroughWeek = LastWeek }),
        ("cox", new CoxRegression { ThroughWeek = LastWeek }),
        ("random-slope", RandomSlope),
        ("random-slope-kr", RandomSlope with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRogerLinear }),
        ("mmrm", RepeatedMeasures),
        ("mmrm-kr", RepeatedMeasures with { DegreesOfFreedom = DegreesOfFreedomMethod.KenwardRogerLinear }),
        (
            "imputation",
            new AncovaWithImputation
            {
                Week = FirstWeek, Covariates = FourCovariates, Imputation = new MultipleImputation { Predictors = FourCovariates },
            }),
        (
            "delayed-start",
            new DelayedStartAnalysis
            {
                FirstWeek = FirstWeek, SecondWeek = LastWeek, Hypothesis = DelayedStartHypothesis.SecondDifference,
            }),
    ];
}
