using System.Text.Json;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Scenarios.Json;

/// <summary>Names and messages.</summary>
internal static class Texts
{
    private const int LongestQuote = 40;
    private const int LongestName = 100;

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

    /// <summary>A hint at the nearest of some names; empty where none is near. Long names are cut, since nothing is near them.</summary>
    internal static string Nearest(string name, IEnumerable<string> names) =>
        NearestName.Hint(name.Length > LongestName ? name[..LongestName] : name, names);
}
