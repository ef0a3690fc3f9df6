using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How far a run has come, and what it has found so far.</summary>
/// <param name="Completed">Replicates that are done, of all parts of the run.</param>
/// <param name="Planned">Replicates in all; an estimate where the run ends at a precision or searches, which may then grow.</param>
public readonly record struct RunProgress(long Completed, long Planned)
{
    /// <summary>What is being simulated at present where a run has several parts: a cell of a sweep, one of two designs, a size that is tried.
    /// Null where it has one.</summary>
    public string? Part { get; init; }

    /// <summary>Power so far of each analysis, and last of the trial with its looks where it has some, in the part that is being simulated. Empty
    /// where nothing is analysed. Other threads go on while this is read, so that it may be some replicates ahead of <see cref="Completed"/>.</summary>
    public ValueList<RunningPower> Analyses
    {
        get => field ?? [];
        init;
    }
}
