using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Monte Carlo studies of a scenario: many trials, each simulated and analysed, in parallel.</summary>
/// <remarks>Seed, scenario and library version fix every number, whatever the number of threads and the block size.</remarks>
public static class PowerAnalysis
{
    private const string WithLooks = "trial with its looks";

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
        int blocks = ((options.Replicates - 1) / options.BlockSize) + 1;
        var runner = new BlockRunner<ReplicateWorker>(
            Math.Min(BlockRunner.Threads(options.Parallelism), blocks), () => new ReplicateWorker(complete, truths, options, log));
        var reporter = new ThrottledProgress(progress, () => Running(complete, runner.Workers.Select(w => w.Tally)));
        var stopping = new PrecisionRule(options);
        int done = 0;
        for (int next = stopping.First; next > done; next = stopping.Next(done, runner.Workers))
        {
            reporter.Planned = next;
            runner.RunRange(done, next, options.BlockSize, reporter.Report, cancellation);
            done = next;
        }

        return PowerResult.From(complete, truths, options, done, runner.Total().Tally);
    }

    /// <summary>Power so far. The threads of the tallies may be at work: a number that they change is read whole, and one that is behind by a
    /// replicate does no harm to a display.</summary>
    internal static ValueList<RunningPower> Running(Scenario complete, IEnumerable<ReplicateTally> tallies)
    {
        var tests = new RunningPower[complete.Analyses.Count + (complete.Sequential is null ? 0 : 1)];
        for (int t = 0; t < tests.Length; t++)
        {
            tests[t] = new RunningPower(t < complete.Analyses.Count ? complete.Analyses[t].Name : WithLooks, 0, 0);
        }

        foreach (ReplicateTally tally in tallies)
        {
            for (int t = 0; t < tests.Length; t++)
            {
                (long rejected, long replicates) = tally.Test(t);
                tests[t] = tests[t] with { Rejected = tests[t].Rejected + rejected, Replicates = tests[t].Replicates + replicates };
            }
        }

        return ValueList.Create<RunningPower>(tests);
    }
}
