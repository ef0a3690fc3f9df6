using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Passes on a report at most ten times a second, and the last one always; never one that goes back.</summary>
/// <param name="progress">Who is told; null where nobody asks.</param>
/// <param name="running">Reads the power so far from the workers; called when a report is passed on and not before, so that a run that nobody
/// watches, and the replicates of one that somebody does, pay nothing for it.</param>
internal sealed class ThrottledProgress(IProgress<RunProgress>? progress, Func<ValueList<RunningPower>> running)
{
    private const long IntervalMilliseconds = 100;
    private readonly Lock _lock = new();
    private long _reported;
    private long _next;

    /// <summary>Replicates in all; set between calls of the runner, never during one.</summary>
    internal long Planned { get; set; }

    /// <summary>What is being simulated; set between calls of the runner, never during one.</summary>
    internal string? Part { get; set; }

    internal void Report(int completed)
    {
        if (progress is null || (completed < Planned && Environment.TickCount64 < Interlocked.Read(ref _next)))
        {
            return;
        }

        lock (_lock)
        {
            if (completed > _reported)
            {
                _reported = completed;
                progress.Report(new RunProgress(completed, Planned) { Part = Part, Analyses = running() });
                Interlocked.Exchange(ref _next, Environment.TickCount64 + IntervalMilliseconds);
            }
        }
    }

    /// <summary>Says that a search, which does not know its end before, is there.</summary>
    internal void Finish(int completed) => progress?.Report(new RunProgress(completed, completed) { Part = Part, Analyses = running() });
}
