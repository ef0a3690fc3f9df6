namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Progress of one of several runs that follow each other, as progress of all.</summary>
internal sealed class PartProgress : IProgress<RunProgress>
{
    // In thousandths of each part, since the replicates of all may be more than an int holds.
    private const int Steps = 1_000;

    private readonly IProgress<RunProgress> _progress;
    private readonly int _part;
    private readonly int _parts;

    private PartProgress(IProgress<RunProgress> progress, int part, int parts) => (_progress, _part, _parts) = (progress, part, parts);

    /// <summary>Progress of a part; null where nobody asks.</summary>
    internal static PartProgress? Of(IProgress<RunProgress>? progress, int part, int parts) =>
        progress is null ? null : new PartProgress(progress, part, parts);

    public void Report(RunProgress value) =>
        _progress.Report(new RunProgress((int)((_part + ((double)value.Completed / value.Planned)) * Steps), _parts * Steps));
}
