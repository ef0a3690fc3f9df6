namespace Tofersen.Simulation.Analyses.Tables;

/// <summary>Lists of names for messages of one line.</summary>
internal static class Names
{
    private const int Most = 20;

    /// <summary>A hint at a name that differs in letter case alone; empty where there is none.</summary>
    internal static string Alike(string name, IEnumerable<string> names) =>
        names.FirstOrDefault(n => n.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } alike ? $" Did you mean '{alike}'?" : "";

    /// <summary>The names, separated by commas; of many the first ones, and how many more there are.</summary>
    internal static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        string first = string.Join(", ", all.Take(Most));
        return all.Length <= Most ? first : FormattableString.Invariant($"{first} and {all.Length - Most} more");
    }
}
