using System.Numerics;
using System.Runtime.CompilerServices;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Randomness;

/// <summary>The random numbers of one stream: uniform, normal, exponential, gamma, whole numbers and shuffles.</summary>
/// <remarks>
/// <para>Generator: xoshiro256++ 1.0 (Blackman and Vigna 2021, doi 10.1145/3460772), period 2²⁵⁶ − 1, opened from a
/// <see cref="StreamKey"/>. Bits and whole numbers are the same on every platform; samplers that take logarithms may differ
/// between platforms in the last bit.</para>
/// <para>A small mutable struct: pass it by <c>ref</c>, never keep a copy to draw from again.</para>
/// </remarks>
public struct TrialRandom
{
    // An odd number with mixed bits, other than those that open streams.
    private const ulong ForkGamma = 0xA0761D6478BD642F;

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    internal TrialRandom(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        _s0 = s0;
        _s1 = s1;
        _s2 = s2;
        _s3 = s3;
    }

    /// <summary>Opens the stream of (seed, replicate, participant, purpose).</summary>
    /// <param name="seed">Seed of the run; any value.</param>
    /// <param name="replicate">Number of the replicate.</param>
    /// <param name="participant">Number of the participant in the trial, from 0.</param>
    /// <param name="purpose">What the draws are for.</param>
    /// <returns>A generator at the start of the stream.</returns>
    public static TrialRandom Open(ulong seed, long replicate, int participant, DrawPurpose purpose) =>
        new StreamKey(seed, replicate).Open(participant, purpose);

    /// <summary>Another stream that is fixed by where this one stands; this one is not advanced.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly TrialRandom Fork() => new(
        StreamKey.Mix(_s0 + ForkGamma),
        StreamKey.Mix(_s1 + ForkGamma),
        StreamKey.Mix(_s2 + ForkGamma),
        StreamKey.Mix(_s3 + ForkGamma));

    /// <summary>The word of a number for <see cref="ForkAt"/>: the part that callers who fork by the same numbers again and again need only
    /// once.</summary>
    internal static ulong ForkWord(ulong number) => StreamKey.Mix(number + ForkGamma);

    /// <summary>One of many other streams that are fixed by where this one stands; this one is not advanced.</summary>
    /// <param name="word">The word of its number; each number another stream.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal readonly TrialRandom ForkAt(ulong word) => new(
        StreamKey.Mix(_s0 + word), StreamKey.Mix(_s1 + word), StreamKey.Mix(_s2 + word), StreamKey.Mix(_s3 + word));

    /// <summary>Draws 64 random bits.</summary>
    /// <returns>A whole number, uniform on 0 … 2⁶⁴ − 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBits()
    {
        ulong s0 = _s0, s1 = _s1, s2 = _s2 ^ s0, s3 = _s3 ^ s1;
        ulong result = BitOperations.RotateLeft(s0 + _s3, 23) + s0;
        _s1 = s1 ^ s2;
        _s0 = s0 ^ s3;
        _s2 = s2 ^ (s1 << 17);
        _s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Draws from the uniform distribution on [0, 1).</summary>
    /// <returns>A multiple of 2⁻⁵³, from 0 up to but not including 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Draws from the uniform distribution on (0, 1): never 0, so that its logarithm is finite.</summary>
    /// <returns>An odd multiple of 2⁻⁵³, strictly between 0 and 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextUniformOpen() => ((NextBits() >> 12) + 0.5) * (1.0 / (1UL << 52));

    /// <summary>Draws from the standard normal distribution.</summary>
    /// <returns>A value with mean 0 and variance 1; its tails are exact, not cut off.</returns>
    /// <remarks>Ziggurat of 256 layers (Marsaglia and Tsang 2000, doi 10.18637/jss.v005.i08) with separate bits for layer,
    /// sign and position, so that it is free of the correlation that Doornik (2005) found in the first version.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextNormal()
    {
        ulong bits = NextBits();
        int layer = (int)(bits & 0xFF);
        double x = (bits >> 11) * NormalZiggurat.Scale(layer);
        if (x >= NormalZiggurat.Edge(layer + 1))
        {
            // Through a copy, so that the generator itself can stay in registers.
            TrialRandom copy = this;
            x = NormalZiggurat.Resolve(layer, x, ref copy);
            this = copy;
        }

        // The sign bit of the draw becomes the sign bit of the value: no branch to mispredict.
        return BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(x) ^ ((bits & 0x100) << 55));
    }

    /// <summary>Draws from the exponential distribution with mean 1.</summary>
    /// <returns>A value of at least 0 (0 itself about once in 2⁵³ draws); its tail is exact, not cut off.</returns>
    /// <remarks>Ziggurat of 256 layers, as for the normal distribution.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextExponential()
    {
        ulong bits = NextBits();
        int layer = (int)(bits & 0xFF);
        double x = (bits >> 11) * ExponentialZiggurat.Scale(layer);
        if (x >= ExponentialZiggurat.Edge(layer + 1))
        {
            TrialRandom copy = this;
            x = ExponentialZiggurat.Resolve(layer, x, ref copy);
            this = copy;
        }

        return x;
    }

    /// <summary>Draws from the gamma distribution with scale 1.</summary>
    /// <param name="shape">Shape, above 0 and at most 10⁹; also the mean and the variance.</param>
    /// <returns>A value of at least 0.</returns>
    /// <remarks>Marsaglia and Tsang 2000, doi 10.1145/358407.358414; a shape below 1 is raised by 1 and corrected by a power
    /// of a uniform.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="shape"/> is out of range.</exception>
    public double NextGamma(double shape)
    {
        Require.Above(shape, 0, 1e9, nameof(shape));
        double boost = 1;
        if (shape < 1)
        {
            boost = Math.Pow(NextUniformOpen(), 1 / shape);
            shape += 1;
        }

        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = NextNormal();
            double v = 1 + (c * z);
            if (v <= 0)
            {
                continue;
            }

            v = v * v * v;
            if (Math.Log(NextUniformOpen()) < (0.5 * z * z) + (d * (1 - v + Math.Log(v))))
            {
                return boost * d * v;
            }
        }
    }

    /// <summary>Draws a whole number below a limit, each equally likely.</summary>
    /// <param name="limit">The limit, at least 1.</param>
    /// <returns>A whole number from 0 to <paramref name="limit"/> − 1.</returns>
    /// <remarks>Multiplication with rejection (Lemire 2019, doi 10.1145/3230636): exactly uniform.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 1.</exception>
    public int NextBelow(int limit)
    {
        Require.InRange(limit, 1, int.MaxValue, nameof(limit));
        ulong product = (NextBits() >> 32) * (ulong)limit;
        uint low = (uint)product;
        if (low < (uint)limit)
        {
            uint threshold = (uint)(-limit) % (uint)limit;
            while (low < threshold)
            {
                product = (NextBits() >> 32) * (ulong)limit;
                low = (uint)product;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>Puts entries into a random order, each order equally likely (Fisher and Yates).</summary>
    /// <typeparam name="T">Type of the entries.</typeparam>
    /// <param name="items">The entries; reordered in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextBelow(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
