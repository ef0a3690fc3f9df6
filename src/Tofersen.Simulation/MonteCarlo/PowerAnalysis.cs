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
        return RunComplete(Complete(scenario, analyses), options ?? new RunOptions(), progress, log: null, cancellation);
    }

    /// <summary>The scenario with the analyses to be run, checked.</summary>
    internal static Scenario Complete(Scenario scenario, ValueList<IAnalysis>? analyses = null)
    {
        Scenario complete = analyses is null ? scenario : scenario with { Analyses = analyses };
        complete.Validate();
        return complete;
    }

    /// <summary>True values of a scenario's analyses.</summary>
    internal static TrueValue[] Truths(Scenario complete, RunOptions options, CancellationToken cancellation)
    {
        var layout = complete.Layout;
        return TrueValue.Compute(complete, [.. complete.Analyses.Select(a => a.Estimand(layout))], options, cancellation);
    }

    /// <summary>Runs a scenario that has been checked.</summary>
    /// <param name="complete">The scenario.</param>
    /// <param name="options">Replicates, seed, threads.</param>
    /// <param name="progress">Told from time to time how far the run has come.</param>
    /// <param name="log">Takes down in which replicates each analysis rejects; null where nobody asks. As long as the replicates of the
    /// options.</param>
    /// <param name="cancellation">Ends the run early.</param>
    internal static PowerResult RunComplete(
        Scenario complete, RunOptions options, IProgress<RunProgress>? progress, RejectionLog? log, CancellationToken cancellation)
    {
        TrueValue[] truths = Truths(complete, options, cancellation);
        var reporter = new ThrottledProgress(progress, options.Replicates);
        int blocks = ((options.Replicates - 1) / options.BlockSize) + 1;
        var runner = new BlockRunner<ReplicateWorker>(
            Math.Min(BlockRunner.Threads(options.Parallelism), blocks), () => new ReplicateWorker(complete, truths, options, log));
        var stopping = new PrecisionRule(options);
        int done = 0;
        for (int next = stopping.First; next > done; next = stopping.Next(done, runner.Workers))
        {
            runner.RunRange(done, next, options.BlockSize, reporter.Report, cancellation);
            done = next;
        }

        reporter.Finish(done);
        return PowerResult.From(complete, truths, options, done, runner.Total().Tally);
    }

    /// <summary>Passes on a report at most ten times a second, and the last one always; never one that goes back.</summary>
    internal sealed class ThrottledProgress(IProgress<RunProgress>? progress, int planned)
    {
        private const long IntervalMilliseconds = 100;
        private readonly Lock _lock = new();
        private int _reported;
        private long _next;

        /// <summary>Says that a run which ended early is at its end.</summary>
        internal void Finish(int completed)
        {
            if (completed < planned)
            {
                progress?.Report(new RunProgress(completed, completed));
            }
        }

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
