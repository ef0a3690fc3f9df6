using System.Globalization;

namespace Tofersen.Simulation.Tests.Conventions.Validation;

/// <summary>Numbers and tables of the page. Values have ten significant digits and differences a power of ten, so that the last bits,
/// which differ between machines, do not show.</summary>
internal static class ValidationText
{
    private const int Floor = -12;

    internal static string Value(double value) =>
        double.IsNaN(value) ? "not defined"
        : double.IsInfinity(value) ? (value > 0 ? "∞" : "−∞")
        : (value == 0 ? 0.0 : value).ToString("G10", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal)
            .Replace('-', '−');

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

        return FormattableString.Invariant($"< 1e{power}").Replace('-', '−');
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

    private static string Row(string[] cells) => "| " + string.Join(" | ", cells) + " |";
}
