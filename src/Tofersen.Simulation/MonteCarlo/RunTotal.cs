namespace Tofersen.Simulation.MonteCarlo;

/// <summary>What a run counted, from which its result can be made again.</summary>
/// <remarks>Two are equal where the analyses reject together equally often: all else that they hold is told by the other properties of a
/// result.</remarks>
internal sealed class RunTotal(TrueValue[] truths, RunOptions options, ReplicateTally tally) : IEquatable<RunTotal>
{
    internal TrueValue[] Truths => truths;

    internal RunOptions Options => options;

    internal ReplicateTally Tally => tally;

    public bool Equals(RunTotal? other) => other is not null && tally.Joint.Equals(other.Tally.Joint);

    public override bool Equals(object? obj) => Equals(obj as RunTotal);

    public override int GetHashCode() => tally.Joint.GetHashCode();
}
