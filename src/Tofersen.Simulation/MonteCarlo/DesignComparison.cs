using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Two scenarios, such as two designs, run on the same participants, and the power of their analyses compared replicate by
/// replicate.</summary>
/// <remarks>Both runs have one seed, so that replicate k of one has the participants of replicate k of the other, as far as the scenarios agree about
/// them; see <see cref="Sweep"/>. Where a precision gives the runs different numbers of replicates, they are compared over the first replicates of
/// both.</remarks>
public sealed record DesignComparison
{
    private RejectionLog? _firstLog;
    private RejectionLog? _secondLog;

    /// <summary>The first scenario's run.</summary>
    public required PowerResult First { get; init; }

    /// <summary>The second scenario's run.</summary>
    public required PowerResult Second { get; init; }

    /// <summary>Runs two scenarios.</summary>
    /// <param name="first">A scenario, with its analyses.</param>
    /// <param name="second">Another one.</param>
    /// <param name="options">Replicates, seed, threads; courses are not collected by default.</param>
    /// <param name="progress">Told from time to time how far both runs together have come.</param>
    /// <param name="cancellation">Ends the runs early; takes effect within one replicate.</param>
    /// <returns>Both runs.</returns>
    /// <exception cref="ArgumentException">The parts of a scenario do not fit together, or it has no analyses.</exception>
    /// <exception cref="ReplicateException">A model or analysis threw; the message names the replicate.</exception>
    /// <exception cref="OperationCanceledException">The runs were cancelled.</exception>
    public static DesignComparison Run(
        Scenario first,
        Scenario second,
        RunOptions? options = null,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new RunOptions { CollectCourses = false };
        (Scenario one, Scenario two) = (Checked(first, nameof(first)), Checked(second, nameof(second)));
        var firstLog = new RejectionLog(one.Analyses.Count, options.Replicates);
        var secondLog = new RejectionLog(two.Analyses.Count, options.Replicates);
        var parts = new PartsProgress(progress, 2);
        return new DesignComparison
        {
            First = PowerAnalysis.RunComplete(one, options, parts.Next(one.Name), firstLog, cancellation),
            Second = PowerAnalysis.RunComplete(two, options, parts.Next(two.Name), secondLog, cancellation),
            _firstLog = firstLog,
            _secondLog = secondLog,
        };
    }

    /// <summary>Compares the power of an analysis that both scenarios have.</summary>
    /// <param name="analysis">Its name.</param>
    /// <returns>In how many replicates both, one or none rejects; the first scenario first.</returns>
    /// <exception cref="ArgumentException">A scenario has no such analysis.</exception>
    public PairedComparison Compare(string analysis) => Compare(analysis, analysis);

    /// <summary>Compares the power of an analysis of the first scenario with that of an analysis of the second.</summary>
    /// <param name="firstAnalysis">Name of an analysis of the first scenario.</param>
    /// <param name="secondAnalysis">Name of an analysis of the second scenario.</param>
    /// <returns>In how many replicates both, one or none rejects; the first scenario first.</returns>
    /// <exception cref="ArgumentException">A scenario has no such analysis.</exception>
    /// <exception cref="InvalidOperationException">The comparison does not come from a run.</exception>
    public PairedComparison Compare(string firstAnalysis, string secondAnalysis)
    {
        (int a, int b) = (First.IndexOf(firstAnalysis, nameof(firstAnalysis)), Second.IndexOf(secondAnalysis, nameof(secondAnalysis)));
        return _firstLog is not null && _secondLog is not null
            ? _firstLog.Compare(a, _secondLog, b, Math.Min(First.Replicates, Second.Replicates))
            : throw new InvalidOperationException("Only a comparison that a run gave knows its replicates.");
    }

    /// <summary>Whether both runs are the same; the logs of equal runs are.</summary>
    /// <param name="other">Another comparison.</param>
    /// <returns>Whether they are.</returns>
    public bool Equals(DesignComparison? other) => other is not null && First.Equals(other.First) && Second.Equals(other.Second);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(First, Second);

    private static Scenario Checked(Scenario scenario, string parameter)
    {
        ArgumentNullException.ThrowIfNull(scenario, parameter);
        return scenario.Analyses.Count > 0
            ? PowerAnalysis.Complete(scenario)
            : throw new ArgumentException($"Scenario '{scenario.Name}' has no analyses; a comparison needs at least one.", parameter);
    }
}
