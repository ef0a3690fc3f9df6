using System.Numerics;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Orders texts so that runs of digits count as numbers, and everything else by ordinal order.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    internal static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x;
        ReadOnlySpan<char> b = y;
        while (a.Length > 0 && b.Length > 0)
        {
            if (char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]))
            {
                ReadOnlySpan<char> first = Digits(a);
                ReadOnlySpan<char> second = Digits(b);
                int order = BigInteger.Parse(first, provider: null).CompareTo(BigInteger.Parse(second, provider: null));
                if (order != 0)
                {
                    return order;
                }

                a = a[first.Length..];
                b = b[second.Length..];
            }
            else if (a[0] != b[0])
            {
                return a[0].CompareTo(b[0]);
            }
            else
            {
                a = a[1..];
                b = b[1..];
            }
        }

        // Texts that differ in leading zeros alone still need an order.
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(x, y);
    }

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text : text[..end];
    }
}
