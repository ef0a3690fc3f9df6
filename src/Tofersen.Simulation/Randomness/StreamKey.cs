using System.Runtime.CompilerServices;

namespace Tofersen.Simulation.Randomness;

/// <summary>The (seed, replicate) part of a stream key, from which a trial opens its streams by participant and purpose.</summary>
/// <remarks>
/// <para>A key is 128 bits wide: two lanes, each a chain of SplitMix64 finalisers (Steele, Lea and Flood 2014, doi
/// 10.1145/2714064.2660195) over seed, replicate and then participant with purpose. Within a lane each step is one-to-one
/// in the newest word. The chance that any two of a billion streams share a key is below 10⁻²⁰.</para>
/// <para>Thread safety: immutable.</para>
/// </remarks>
public readonly struct StreamKey : IEquatable<StreamKey>
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private const ulong SecondLane = 0xD1B54A32D192ED03;

    private readonly ulong _first;
    private readonly ulong _second;

    /// <summary>Makes the key of one replicate.</summary>
    /// <param name="seed">Seed of the run; any value.</param>
    /// <param name="replicate">Number of the replicate; any value. The engine counts from 0 and keeps negative numbers for
    /// its own use.</param>
    public StreamKey(ulong seed, long replicate)
    {
        _first = Mix(Mix(seed + GoldenGamma) + (unchecked((ulong)replicate) * GoldenGamma));
        _second = Mix(Mix(seed + SecondLane) + (unchecked((ulong)replicate) * SecondLane));
    }

    /// <summary>Opens the stream of one participant and purpose.</summary>
    /// <param name="participant">Number of the participant in the trial, or of the stratum where the purpose concerns a
    /// stratum; from 0.</param>
    /// <param name="purpose">What the draws are for.</param>
    /// <returns>A generator at the start of the stream.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TrialRandom Open(int participant, DrawPurpose purpose)
    {
        ulong word = ((ulong)(uint)participant << 8) | (byte)purpose;
        ulong a = Mix(_first + (word * GoldenGamma));
        ulong b = Mix(_second + (word * SecondLane));
        return new TrialRandom(
            Mix(a + GoldenGamma), Mix(a - GoldenGamma), Mix(b + GoldenGamma), Mix(b - GoldenGamma));
    }

    /// <inheritdoc/>
    public bool Equals(StreamKey other) => _first == other._first && _second == other._second;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_first, _second);

    /// <summary>Compares two keys.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    /// <returns>Whether they open the same streams.</returns>
    public static bool operator ==(StreamKey left, StreamKey right) => left.Equals(right);

    /// <summary>Compares two keys.</summary>
    /// <param name="left">A key.</param>
    /// <param name="right">Another key.</param>
    /// <returns>Whether they open different streams.</returns>
    public static bool operator !=(StreamKey left, StreamKey right) => !left.Equals(right);

    /// <summary>The output function of SplitMix64 (variant 13 of Stafford): one-to-one on 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
