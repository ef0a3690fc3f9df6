using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Monte Carlo studies of a scenario: many trials, each simulated and analysed, in parallel.</summary>
/// <remarks>Seed, scenario and library version fix every number, whatever the number of threads and the block size.</remarks>
public static class PowerAnalysis
{
    /// <summary>Simulates and analyses the replicates of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="analyses">The analyses, with different names; those of the scenario where null.</param>
    /// <param name="options">Replicates, seed, threads; the defaults where null.</param>
    /// <param name="progress">Told from time to time how far the run has come; called from the run's threads.</param>
    /// <param name="cancellation">Ends the run early; takes effect within one replicate.</param>
    /// <returns>Operating characteristics of each analysis, and the courses where they are collected.</returns>
    /// <exception cref="ArgumentException">The parts of the scenario or the analyses do not fit together.</exception>
    /// <exception cref="ReplicateException">A model or analysis threw; the message names the replicate.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static PowerResult Run(
        Scenario scenario,
        ValueList<IAnalysis>? analyses = null,
        RunOptions? options = null,
        IProgress<RunProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        Scenario complete = analyses is null ? scenario : scenario with { Analyses = analyses };
        complete.Validate();
        RunOptions run = options ?? new RunOptions();
        var layout = complete.Layout;
        IAnalysis[] list = [.. complete.Analyses];
        TrueValue[] truths = TrueValue.Compute(
            complete, [.. list.Select(a => a.Estimand(layout))], run, cancellation);

        var reporter = new ThrottledProgress(progress, run.Replicates);
        ReplicateWorker total = BlockRunner.Run(
            run.Replicates,
            run.BlockSize,
            run.Parallelism,
            () => new ReplicateWorker(complete, truths, run),
            reporter.Report,
            cancellation);
        return new PowerResult
        {
            Scenario = complete,
            Seed = run.Seed,
            Replicates = run.Replicates,
            Analyses = [.. list.Select((a, i) => OperatingCharacteristics.From(a, total.Tallies[i], truths[i]))],
            Courses = total.Courses is { } courses ? new CourseSummary(layout, courses) : null,
        };
    }

    /// <summary>Passes on a report at most ten times a second, and the last one always.</summary>
    private sealed class ThrottledProgress(IProgress<RunProgress>? progress, int planned)
    {
        private const long IntervalMilliseconds = 100;
        private long _next;

        internal void Report(int completed)
        {
            if (progress is null)
            {
                return;
            }

            long now = Environment.TickCount64;
            long next = Interlocked.Read(ref _next);
            if (completed == planned
                || (now >= next && Interlocked.CompareExchange(ref _next, now + IntervalMilliseconds, next) == next))
            {
                progress.Report(new RunProgress(completed, planned));
            }
        }
    }
}

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

/// <summary>A model or an analysis threw in the middle of a replicate.</summary>
public sealed class ReplicateException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="replicate">Number of the replicate.</param>
    /// <param name="inner">What was thrown.</param>
    public ReplicateException(ulong seed, int replicate, Exception inner)
        : base(FormattableString.Invariant($"Replicate {replicate} of seed {seed} failed: {inner?.Message}"), inner)
    {
        Seed = seed;
        Replicate = replicate;
    }

    /// <summary>Seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>Number of the replicate, from 0.</summary>
    public int Replicate { get; }
}
