using System.Runtime.CompilerServices;

namespace Tofersen.Simulation.Common;

/// <summary>A sum of doubles without rounding, so that it does not depend on the order of its terms.</summary>
/// <remarks>A fixed-point number as wide as the range of a double, in limbs of 32 bits with room for carries (Kulisch's long
/// accumulator). Sums of parts are exact too: any split of the work over threads, blocks or machines gives the same bits.</remarks>
internal sealed class ExactSum
{
    private const int Limbs = 68;
    private const int NormaliseAfter = 1 << 30;
    private const ulong LimbMask = 0xFFFF_FFFF;
    private const int LowestExponent = -1074;

    private readonly long[] _limbs = new long[Limbs];
    private int _pending;
    private double _notFinite;

    /// <summary>Adds a term. An infinite or undefined term makes the sum infinite or undefined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Add(double term)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(term);
        int exponent = (int)((bits >> 52) & 0x7FF);
        if (exponent == 0x7FF)
        {
            _notFinite += term;
            return;
        }

        ulong mantissa = bits & 0xF_FFFF_FFFF_FFFF;
        int shift = 0;
        if (exponent > 0)
        {
            mantissa |= 1UL << 52;
            shift = exponent - 1;
        }

        int limb = shift >> 5;
        int offset = shift & 31;
        ulong low = mantissa << offset;
        ulong high = offset == 0 ? 0 : mantissa >> (64 - offset);
        long sign = -(long)(bits >> 63);
        long[] limbs = _limbs;
        limbs[limb] += ((long)(low & LimbMask) ^ sign) - sign;
        limbs[limb + 1] += ((long)(low >> 32) ^ sign) - sign;
        limbs[limb + 2] += ((long)high ^ sign) - sign;
        if (++_pending >= NormaliseAfter)
        {
            Normalise();
        }
    }

    /// <summary>Adds another sum.</summary>
    internal void Add(ExactSum other)
    {
        other.Normalise();
        Normalise();
        for (int i = 0; i < Limbs; i++)
        {
            _limbs[i] += other._limbs[i];
        }

        _pending = 2;
        _notFinite += other._notFinite;
    }

    /// <summary>Sets the sum to 0.</summary>
    internal void Clear()
    {
        _limbs.AsSpan().Clear();
        _pending = 0;
        _notFinite = 0;
    }

    /// <summary>Writes the sum, exactly: what is not finite, the sign, and the digits from the first to the last that is not 0.</summary>
    internal void Write(BinaryWriter writer)
    {
        Normalise();
        bool isNegative = _limbs[^1] < 0;
        if (isNegative)
        {
            Negate();
        }

        ReadOnlySpan<long> limbs = _limbs;
        int first = Math.Max(0, limbs.IndexOfAnyExcept(0L));
        int end = limbs.LastIndexOfAnyExcept(0L) + 1;
        writer.Write((byte)((isNegative ? 1 : 0) | (_notFinite != 0 ? 2 : 0)));
        writer.Write((byte)first);
        writer.Write((byte)Math.Max(0, end - first));
        for (int i = first; i < end; i++)
        {
            writer.Write((uint)limbs[i]);
        }

        if (_notFinite != 0)
        {
            writer.Write(_notFinite);
        }

        if (isNegative)
        {
            Negate();
        }
    }

    /// <summary>Adds a sum that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no sum.</exception>
    internal void AddFrom(BinaryReader reader)
    {
        byte flags = reader.ReadByte();
        int first = reader.ReadByte();
        int count = reader.ReadByte();
        if (flags > 3 || first + count > Limbs)
        {
            throw new InvalidDataException("The bytes are not those of a sum.");
        }

        Normalise();
        int sign = (flags & 1) == 0 ? 1 : -1;
        for (int i = first; i < first + count; i++)
        {
            _limbs[i] += sign * (long)reader.ReadUInt32();
        }

        _pending = 2;
        if ((flags & 2) != 0)
        {
            _notFinite += reader.ReadDouble();
        }
    }

    /// <summary>The sum, rounded to a double; a function of the exact sum alone.</summary>
    internal double ToDouble()
    {
        if (_notFinite != 0)
        {
            return _notFinite;
        }

        Normalise();
        bool negative = _limbs[^1] < 0;
        if (negative)
        {
            Negate();
        }

        int top = Limbs - 1;
        while (top > 2 && _limbs[top] == 0)
        {
            top--;
        }

        // Three limbs hold at least 65 significant bits; of the rest the rounding needs only to know whether there is any.
        UInt128 leading = ((UInt128)(ulong)_limbs[top] << 64) | ((UInt128)(ulong)_limbs[top - 1] << 32) | (ulong)_limbs[top - 2];
        if (_limbs.AsSpan(0, top - 2).ContainsAnyExcept(0L))
        {
            leading |= 1;
        }

        double value = Math.ScaleB((double)leading, (32 * (top - 2)) + LowestExponent);
        if (negative)
        {
            Negate();
        }

        return negative ? -value : value;
    }

    private void Negate()
    {
        for (int i = 0; i < Limbs; i++)
        {
            _limbs[i] = -_limbs[i];
        }

        Normalise();
    }

    // Carries upwards until every limb but the last lies in [0, 2³²).
    private void Normalise()
    {
        for (int i = 0; i < Limbs - 1; i++)
        {
            _limbs[i + 1] += _limbs[i] >> 32;
            _limbs[i] &= (long)LimbMask;
        }

        _pending = 1;
    }
}
