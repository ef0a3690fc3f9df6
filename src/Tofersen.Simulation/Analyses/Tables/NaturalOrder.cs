using System.Numerics;

namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Orders texts so that numbers in them count as numbers, with their sign and decimals, and everything else by ordinal order.
/// </summary>
/// <remarks>A sign belongs to a number where nothing or a space stands before it: "Day -7" is minus seven, "A-7" is not. Texts in which the
/// numbers are equal, as 7 and 7.0, are in ordinal order.</remarks>
internal sealed class NaturalOrder : IComparer<string>
{
    internal static NaturalOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x;
        ReadOnlySpan<char> b = y;
        int i = 0;
        int j = 0;
        while (i < a.Length && j < b.Length)
        {
            int first = NumberLength(a, i);
            int second = NumberLength(b, j);
            int order = first > 0 && second > 0
                ? CompareNumbers(a.Slice(i, first), b.Slice(j, second))
                : Place(a[i], first).CompareTo(Place(b[j], second));
            if (order != 0)
            {
                return order;
            }

            i += first > 0 && second > 0 ? first : 1;
            j += first > 0 && second > 0 ? second : 1;
        }

        int rest = (a.Length - i).CompareTo(b.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    // Numbers stand together, where their digits are.
    private static char Place(char c, int numberLength) => numberLength > 0 ? '0' : c;

    // Length of the number that begins at a place; 0 where none does.
    private static int NumberLength(ReadOnlySpan<char> text, int start)
    {
        int at = start;
        if (IsMinus(text[at]) && (at == 0 || text[at - 1] == ' '))
        {
            at++;
        }

        int digits = Digits(text[at..]);
        if (digits == 0)
        {
            return 0;
        }

        at += digits;
        int decimals = at < text.Length && text[at] == '.' ? Digits(text[(at + 1)..]) : 0;

        // 1.2.3 is a number of a chapter or version, not a decimal.
        bool isChapter = (start > 0 && text[start - 1] == '.') || (at + 1 + decimals < text.Length && text[at + 1 + decimals] == '.' && Digits(text[(at + 2 + decimals)..]) > 0);
        return (decimals > 0 && !isChapter ? at + 1 + decimals : at) - start;
    }

    private static int CompareNumbers(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        int signs = Sign(first).CompareTo(Sign(second));
        return signs != 0 ? signs : Sign(first) * CompareSizes(first.TrimStart("-\u2212"), second.TrimStart("-\u2212"));
    }

    private static int CompareSizes(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        int a = Digits(first);
        int b = Digits(second);
        int whole = BigInteger.Parse(first[..a], provider: null).CompareTo(BigInteger.Parse(second[..b], provider: null));
        return whole != 0 ? whole : first[a..].TrimEnd('0').CompareTo(second[b..].TrimEnd('0'), StringComparison.Ordinal);
    }

    // Zero has no sign.
    private static int Sign(ReadOnlySpan<char> number) => IsMinus(number[0]) && number.ContainsAnyInRange('1', '9') ? -1 : 1;

    private static bool IsMinus(char c) => c is '-' or '\u2212';

    private static int Digits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
