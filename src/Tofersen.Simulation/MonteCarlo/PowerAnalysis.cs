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
            Courses = total.Courses is { } courses ? new CourseSummary(total.Layout, courses) : null,
        };
    }

    /// <summary>Passes on a report at most ten times a second, and the last one always; never one that goes back.</summary>
    private sealed class ThrottledProgress(IProgress<RunProgress>? progress, int planned)
    {
        private const long IntervalMilliseconds = 100;
        private readonly Lock _lock = new();
        private int _reported;
        private long _next;

        internal void Report(int completed)
        {
            if (progress is null || (completed < planned && Environment.TickCount64 < Interlocked.Read(ref _next)))
            {
                return;
            }

            lock (_lock)
            {
                if (completed > _reported)
                {
                    _reported = completed;
                    progress.Report(new RunProgress(completed, planned));
                    Interlocked.Exchange(ref _next, Environment.TickCount64 + IntervalMilliseconds);
                }
            }
        }
    }
}
