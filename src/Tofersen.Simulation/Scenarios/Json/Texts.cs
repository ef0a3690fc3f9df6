using System.Text.Json;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>Names and messages.</summary>
internal static class Texts
{
    private const int LongestQuote = 40;

    /// <summary>The name as JSON writes it: <c>HalfTime</c> as <c>halfTime</c>, <c>HC3</c> as <c>hc3</c>.</summary>
    internal static string CamelCase(string name)
    {
        int capitals = name.TakeWhile(char.IsUpper).Count();
        int lowered = capitals > 1 && capitals < name.Length && char.IsLower(name[capitals]) ? capitals - 1 : capitals;
        return name[..lowered].ToLowerInvariant() + name[lowered..];
    }

    /// <summary>A short account of a JSON value for a message of one line.</summary>
    internal static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        _ => Shorten(element.GetRawText()),
    };

    /// <summary>What an argument exception says, on one line and without the parts that .NET appends.</summary>
    internal static string Problem(ArgumentException exception)
    {
        string message = exception.Message.Split(" (Parameter '")[0].ReplaceLineEndings(" ");
        return exception is ArgumentOutOfRangeException { ActualValue: { } value }
            ? FormattableString.Invariant($"{value} is not valid. {message}")
            : message;
    }

    internal static string Shorten(string text)
    {
        string line = new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
        return line.Length <= LongestQuote ? line : line[..LongestQuote] + "…";
    }

    /// <summary>A hint at the nearest of some names; empty where none is near.</summary>
    internal static string Nearest(string name, IEnumerable<string> names)
    {
        string? best = names.MinBy(n => Distance(name, n));
        return best is not null && Distance(name, best) <= Math.Max(2, best.Length / 2) ? $" Did you mean '{best}'?" : "";
    }

    /// <summary>Levenshtein's distance, letter case aside; long names are cut, since nothing is near them.</summary>
    private static int Distance(string a, string b)
    {
        a = a.Length > 100 ? a[..100] : a;
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
