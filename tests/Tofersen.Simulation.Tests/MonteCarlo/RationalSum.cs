using System.Numerics;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Exact sum of doubles in whole multiples of 2⁻¹⁰⁷⁴, rounded once at the end, halves to even.</summary>
internal static class RationalSum
{
    private const int LowestExponent = -1074;

    internal static double Of(IEnumerable<double> terms)
    {
        BigInteger sum = BigInteger.Zero;
        foreach (double term in terms)
        {
            sum += Scaled(term);
        }

        return Rounded(sum);
    }

    private static BigInteger Scaled(double term)
    {
        long bits = BitConverter.DoubleToInt64Bits(term);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = bits & 0xF_FFFF_FFFF_FFFF;
        BigInteger size = exponent == 0
            ? new BigInteger(mantissa)
            : new BigInteger(mantissa | (1L << 52)) << (exponent - 1);
        return term < 0 ? -size : size;
    }

    private static double Rounded(BigInteger sum)
    {
        BigInteger size = BigInteger.Abs(sum);
        int excess = Math.Max(0, (int)size.GetBitLength() - 53);
        BigInteger kept = size >> excess;
        BigInteger twiceRest = (size - (kept << excess)) << 1;
        BigInteger one = BigInteger.One << excess;
        if (twiceRest > one || (twiceRest == one && !kept.IsEven))
        {
            kept += 1;
        }

        return Math.ScaleB((double)kept, excess + LowestExponent) * (sum.Sign < 0 ? -1 : 1);
    }
}
