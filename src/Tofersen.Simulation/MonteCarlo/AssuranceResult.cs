using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The outcome of <see cref="AssuranceAnalysis.Run"/>.</summary>
public sealed record AssuranceResult
{
    /// <summary>The scenario that the priors change.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>What is believed about it.</summary>
    public required JointPrior Prior { get; init; }

    /// <summary>Median of each prior, in order.</summary>
    public required ValueList<double> Medians { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Number of replicates.</summary>
    public required int Replicates { get; init; }

    /// <summary>One entry for each analysis, in order.</summary>
    public required ValueList<AnalysisAssurance> Analyses { get; init; }
}
