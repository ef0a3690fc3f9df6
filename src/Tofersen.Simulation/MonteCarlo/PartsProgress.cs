namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Progress of runs that follow each other, as progress of all.</summary>
/// <remarks>Each part is thought to take as many replicates as the one that is under way.</remarks>
internal sealed class PartsProgress(IProgress<RunProgress>? whole, int parts)
{
    private int _part;
    private long _before;
    private long _completed;

    /// <summary>Progress of the next part; null where nobody asks.</summary>
    internal IProgress<RunProgress>? Next(string name)
    {
        _part++;
        _before += _completed;
        _completed = 0;
        return whole is null ? null : new Part(this, FormattableString.Invariant($"{_part} of {parts}: {name}"));
    }

    private sealed class Part(PartsProgress parts, string name) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => parts.Report(value with { Part = name });
    }

    private void Report(RunProgress value)
    {
        _completed = value.Completed;
        whole!.Report(value with { Completed = _before + value.Completed, Planned = _before + (value.Planned * (parts - _part + 1)) });
    }
}
