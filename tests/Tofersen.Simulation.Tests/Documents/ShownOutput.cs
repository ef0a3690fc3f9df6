using System.Text.RegularExpressions;

namespace Tofersen.Simulation.Tests.Documents;

/// <summary>Compares what a document shows with what a program printed.</summary>
/// <remarks>Equal but for spaces at line ends, blank lines at the end, times taken ("1.2 s"), and the hash of a plan, which holds the version and with it the
/// revision of the source. A line "…" alone stands for any number of lines, so that a long answer need not be shown in full.</remarks>
internal static partial class ShownOutput
{
    private const string Rest = "…";

    internal static IEnumerable<string> LinesOf(string printed) =>
        printed.TrimEnd().ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd());

    internal static bool Matches(string[] shown, string[] printed)
    {
        string[] expected = [.. LinesOf(string.Join('\n', shown)).Select(WithoutWhatVaries)];
        string[] actual = [.. printed.Select(WithoutWhatVaries)];
        return Fits(expected, actual);
    }

    // Each "…" takes the shortest stretch that lets the lines up to the next one fit, which finds a fit where there is one.
    private static bool Fits(ReadOnlySpan<string> shown, ReadOnlySpan<string> printed)
    {
        int rest = shown.IndexOf(Rest);
        if (rest < 0)
        {
            return shown.SequenceEqual(printed);
        }

        if (printed.Length < rest || !shown[..rest].SequenceEqual(printed[..rest]))
        {
            return false;
        }

        for (int skip = rest; skip <= printed.Length; skip++)
        {
            if (Fits(shown[(rest + 1)..], printed[skip..]))
            {
                return true;
            }
        }

        return false;
    }

    private static string WithoutWhatVaries(string line) => PlanHash().Replace(Time().Replace(line, "0.0 s"), "plan …");

    [GeneratedRegex(@"\b[0-9]+\.[0-9] s\b")]
    private static partial Regex Time();

    [GeneratedRegex(@"\bplan [0-9a-f]{12}\b")]
    private static partial Regex PlanHash();
}
