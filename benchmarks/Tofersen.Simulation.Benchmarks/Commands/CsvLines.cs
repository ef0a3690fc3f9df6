using System.Globalization;

namespace Tofersen.Simulation.Benchmarks.Commands;

/// <summary>Lines of a CSV file in the invariant culture; a number that is not there is empty.</summary>
internal static class CsvLines
{
    /// <summary>Writes a file anew.</summary>
    internal static void Write(string path, string header, IEnumerable<string> lines) => File.WriteAllLines(path, [header, .. lines]);

    /// <summary>Appends to a file, which begins with a header.</summary>
    internal static void Append(string path, string header, params IEnumerable<string> lines) =>
        File.AppendAllLines(path, File.Exists(path) ? lines : [header, .. lines]);

    /// <summary>One line.</summary>
    internal static string Line(params ReadOnlySpan<object> values)
    {
        var texts = new string[values.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = values[i] is double.NaN ? "" : Convert.ToString(values[i], CultureInfo.InvariantCulture)!;
        }

        return string.Join(',', texts);
    }
}
