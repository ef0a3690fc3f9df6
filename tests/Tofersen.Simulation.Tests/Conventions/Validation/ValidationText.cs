using System.Globalization;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Numbers and tables of the page. Values have ten significant digits and differences a power of ten, so that the last bits,
/// which differ between machines, do not show.</summary>
internal static class ValidationText
{
    private const int Floor = -12;
    private const string Below = "< 1e";

    /// <summary>A number with ten significant digits; 0 where it is nothing beside its scale.</summary>
    internal static string Value(double value, double scale = 0) =>
        double.IsNaN(value) ? "not defined"
        : double.IsInfinity(value) ? (value > 0 ? "infinite" : "-infinite")
        : (Math.Abs(value) <= 1e-10 * scale ? 0.0 : value).ToString("G10", CultureInfo.InvariantCulture).Replace('E', 'e');

    /// <summary>The power of ten above a relative difference; nothing finer than 1e-12 is told apart.</summary>
    internal static string Difference(double difference)
    {
        if (!double.IsFinite(difference))
        {
            return "one is not defined";
        }

        int power = Floor;
        while (!(difference < Math.Pow(10, power)))
        {
            power++;
        }

        return FormattableString.Invariant($"{Below}{power}");
    }

    /// <summary>Whether two cells say the same but for the last bits of another machine: numbers to nine digits, and powers of ten next to
    /// each other.</summary>
    internal static bool IsAlike(string first, string second)
    {
        if (first == second)
        {
            return true;
        }

        if (first.StartsWith(Below, StringComparison.Ordinal) && second.StartsWith(Below, StringComparison.Ordinal))
        {
            return Math.Abs(Power(first) - Power(second)) <= 1;
        }

        return double.TryParse(first, NumberStyles.Float, CultureInfo.InvariantCulture, out double a)
            && double.TryParse(second, NumberStyles.Float, CultureInfo.InvariantCulture, out double b)
            && Math.Abs(a - b) <= 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b));
    }

    internal static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    internal static IEnumerable<string> Table(string[] headings, bool[] isNumber, IEnumerable<string[]> rows)
    {
        yield return Row(headings);
        yield return "|" + string.Concat(isNumber.Select(right => right ? " ---: |" : " --- |"));
        foreach (string[] row in rows)
        {
            yield return Row(row);
        }
    }

    private static int Power(string difference) => int.Parse(difference.AsSpan(Below.Length), CultureInfo.InvariantCulture);

    private static string Row(string[] cells) => "| " + string.Join(" | ", cells) + " |";
}
