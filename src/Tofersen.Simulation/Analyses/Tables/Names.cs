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
}
