namespace Tofersen.Simulation.MonteCarlo;

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
