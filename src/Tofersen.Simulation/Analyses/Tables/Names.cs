namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Lists of names for messages of one line.</summary>
internal static class Names
{
    private const int Most = 20;

    /// <summary>The names, separated by commas; of many the first ones, and how many more there are.</summary>
    internal static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        string first = string.Join(", ", all.Take(Most));
        return all.Length <= Most ? first : FormattableString.Invariant($"{first} and {all.Length - Most} more");
    }

    /// <summary>Values in quotes: 'a', 'a' or 'b', 'a', 'b' or 'c'.</summary>
    internal static string Quoted(IEnumerable<string> values)
    {
        string[] all = [.. values.Select(v => $"'{v}'")];
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all[..^1])} or {all[^1]}";
    }
}
