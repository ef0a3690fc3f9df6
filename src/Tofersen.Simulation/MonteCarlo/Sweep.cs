using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Runs a scenario again and again with other values of some of its properties, every cell on the same participants.</summary>
/// <remarks>
/// <para>Cells share the seed, and every stream of random numbers is keyed by seed, replicate, participant and purpose: replicate k of one cell has
/// the participants of replicate k of another, as far as the cells agree about them. So cells rise and fall together, and the difference of two
/// powers is known better than either (common random numbers; Law, Simulation Modeling and Analysis, chapter on variance reduction). A cell is the
/// same to the last bit as its scenario run alone.</para>
/// <para>Each cell is compared with the reference, which is the scenario as it is. A full grid that does not hold it is compared with
/// <see cref="Reference"/>, or with its first cell. Where a precision gives cells different numbers of replicates, they are compared over the first
/// replicates of both.</para>
/// </remarks>
public sealed record Sweep
{
    /// <summary>Largest number of cells.</summary>
    public const int MaximumCells = 10_000;

    /// <summary>What is changed; at least one axis, with different names.</summary>
    public required ValueList<SweepAxis> Axes { get; init => field = Require.NotEmpty(value); }

    /// <summary>Which combinations are run; all by default.</summary>
    public SweepLayout Layout { get; init => field = Require.Defined(value); }

    /// <summary>Cell of a full grid that the others are compared with: one value of each axis, in order. Null for the scenario as it is, or the
    /// first cell where the grid does not hold it.</summary>
    public ValueList<PropertyValue>? Reference { get; init; }

    /// <summary>Runs a sweep: cells one after another, each in parallel over its replicates.</summary>
    /// <param name="scenario">The scenario, with its analyses.</param>
    /// <param name="sweep">What is changed.</param>
    /// <param name="options">Replicates, seed, threads; courses are not collected by default.</param>
    /// <param name="progress">Told from time to time how far all cells together have come; called from the run's threads.</param>
    /// <param name="cancellation">Ends the sweep early; takes effect within one replicate.</param>
    /// <returns>Each cell with its operating characteristics, and its difference of power from the reference.</returns>
    /// <exception cref="ArgumentException">The axes do not fit the scenario or each other, there are too many cells, or a cell is no valid
    /// scenario; the message names the cell. Nothing has been run then.</exception>
    /// <exception cref="ReplicateException">A model or analysis threw; the message names the replicate.</exception>
    /// <exception cref="OperationCanceledException">The sweep was cancelled.</exception>
    public static SweepResult Run(
        Scenario scenario,
        Sweep sweep,
        RunOptions? options = null,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(sweep);
        if (scenario.Analyses.Count == 0)
        {
            throw new ArgumentException($"Scenario '{scenario.Name}' has no analyses; a sweep needs at least one.", nameof(scenario));
        }

        var cells = new SweepCells(PowerAnalysis.Complete(scenario), sweep, cancellation);
        var runner = new SweepRunner(cells, sweep, options ?? new RunOptions { CollectCourses = false }, progress, cancellation);
        return runner.Run();
    }

    /// <summary>Number of cells.</summary>
    /// <exception cref="ArgumentException">The axes are not valid, or there are too many cells.</exception>
    internal int CountCells()
    {
        foreach (SweepAxis axis in Axes)
        {
            axis.Validate();
        }

        CheckDistinct(Axes.Select(a => a.Name), "Two axes are called");
        CheckDistinct(Axes.SelectMany(a => a.Paths), "Two axes change");
        double cells = Layout == SweepLayout.OneAtATime
            ? 1 + Axes.Sum(a => (double)a.Values.Count)
            : Axes.Aggregate(1.0, (product, axis) => product * axis.Values.Count);
        return cells <= MaximumCells
            ? (int)cells
            : throw new ArgumentException(
                FormattableString.Invariant($"The sweep has {cells} cells ({string.Join(Layout == SweepLayout.OneAtATime ? " + " : " × ", Axes.Select(a => a.Values.Count))}); at most {MaximumCells} are possible."),
                nameof(Axes));
    }

    private static void CheckDistinct(IEnumerable<string> names, string problem)
    {
        string? twice = names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ArgumentException($"{problem} '{twice}'; they must differ.", nameof(Axes));
        }
    }
}
