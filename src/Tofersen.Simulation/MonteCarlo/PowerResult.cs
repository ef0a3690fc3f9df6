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

    /// <summary>The number of replicates that were run.</summary>
    public required int Replicates { get; init; }

    /// <summary>The Monte Carlo error that was asked for; null where a number of replicates was.</summary>
    public double? Precision { get; init; }

    /// <summary>Whether the Monte Carlo error of every power is as small as was asked for; true where nothing was.</summary>
    public bool IsPrecise => Precision is not { } precision
        || (Analyses.All(a => a.MonteCarloError <= precision) && !(Sequential?.Rejection.MonteCarloError > precision));

    /// <summary>One entry for each analysis, in order.</summary>
    public required ValueList<OperatingCharacteristics> Analyses { get; init; }

    /// <summary>Scores by visit and ends of follow-up; null where they were not collected.</summary>
    public CourseSummary? Courses { get; init; }

    /// <summary>What becomes of the trials at the looks of the scenario's sequential plan; null where it has none.</summary>
    public SequentialResult? Sequential { get; init; }

    /// <summary>What the run counted; null in a result that no run gave.</summary>
    internal RunTotal? Total { get; init; }

    /// <summary>Compares the power of two analyses on the same trials.</summary>
    /// <param name="first">Name of an analysis.</param>
    /// <param name="second">Name of another one.</param>
    /// <returns>In how many replicates both, one or none of them reject.</returns>
    /// <exception cref="ArgumentException">There is no analysis of a name.</exception>
    /// <exception cref="InvalidOperationException">The result does not come from a run.</exception>
    public PairedComparison Compare(string first, string second)
    {
        (int a, int b) = (IndexOf(first, nameof(first)), IndexOf(second, nameof(second)));
        JointRejections joint = Total?.Tally.Joint ?? throw new InvalidOperationException("Only a result that a run gave can compare its analyses.");
        long both = a == b ? Analyses[a].Rejected : joint.Both(a, b);
        return PairedComparison.From(Analyses[a].Rejected, Analyses[b].Rejected, both, Replicates);
    }

    internal static PowerResult From(Scenario scenario, TrueValue[] truths, RunOptions options, int replicates, ReplicateTally total) => new()
    {
        Scenario = scenario,
        Seed = options.Seed,
        Replicates = replicates,
        Precision = options.Precision,
        Analyses = [.. scenario.Analyses.Select((a, i) => OperatingCharacteristics.From(a, total.Analyses[i], truths[i]))],
        Sequential = scenario.Sequential is { } plan
            ? SequentialResult.From(scenario, plan, SequentialResult.TrueValues(scenario, plan, truths), total.Sequential!)
            : null,
        Total = new RunTotal(truths, options, total),
        Courses = total.Courses is { } courses ? new CourseSummary(total.Layout, courses) : null,
    };

    internal int IndexOf(string name, string parameter)
    {
        for (int i = 0; i < Analyses.Count; i++)
        {
            if (Analyses[i].Name == name)
            {
                return i;
            }
        }

        throw new ArgumentException(
            $"There is no analysis '{name}'; there are {string.Join(", ", Analyses.Select(a => a.Name))}.", parameter);
    }
}
