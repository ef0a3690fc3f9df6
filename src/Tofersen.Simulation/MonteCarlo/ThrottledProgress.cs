namespace Tofersen.Simulation.MonteCarlo;

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
