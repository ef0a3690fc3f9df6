namespace Tofersen.Simulation.Common;

/// <summary>Finds the name that somebody may have meant: the known one with the fewest slips of the pen from what was given.</summary>
/// <remarks>A slip is a letter too many, too few or wrong, or two neighbours swapped, none of them touched again (the restricted distance of
/// Damerau and Levenshtein). Upper and lower case are the same.</remarks>
internal static class NearestName
{
    /// <summary>The known name nearest to what was given, or null where none is near: at most a third of the longer of the two may be wrong. Of
    /// two that are as near, the first.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="known">The names that would have been right.</param>
    public static string? Find(string given, IEnumerable<string> known)
    {
        string? nearest = null;
        int fewest = int.MaxValue;
        foreach (string name in known)
        {
            int slips = Slips(given.ToUpperInvariant(), name.ToUpperInvariant());
            if (slips < fewest && 3 * slips <= Math.Max(given.Length, name.Length))
            {
                (nearest, fewest) = (name, slips);
            }
        }

        return nearest;
    }

    /// <summary>The same as the end of a message, " Did you mean 'name'?", or nothing where no name is near.</summary>
    /// <param name="given">What was given.</param>
    /// <param name="known">The names that would have been right.</param>
    public static string Hint(string given, IEnumerable<string> known) =>
        Find(given, known) is { } name ? $" Did you mean '{name}'?" : "";

    private static int Slips(string a, string b)
    {
        // Rows of the table of distances between the beginnings of a and b: the one before the last, the last, and the one being filled.
        var before = new int[b.Length + 1];
        int[] last = [.. Enumerable.Range(0, b.Length + 1)];
        var row = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int wrong = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(wrong, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[b.Length];
    }
}
