using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>The outcome of <see cref="PowerAnalysis.Run"/>.</summary>
public sealed record PowerResult
{
    /// <summary>The scenario that was run, its analyses included.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of replicates.</summary>
    public required int Replicates { get; init; }

    /// <summary>One entry for each analysis, in order.</summary>
    public required ValueList<OperatingCharacteristics> Analyses { get; init; }

    /// <summary>Scores by visit and ends of follow-up; null where they were not collected.</summary>
    public CourseSummary? Courses { get; init; }
}
