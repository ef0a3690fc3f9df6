using System.Globalization;

namespace Tofersen.Simulation.Benchmarks.Results;

/// <summary>Figures as the pages show them.</summary>
internal static class Figures
{
    private static readonly (double Size, string Unit)[] Units = [(1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1, "ns")];

    /// <summary>A time with three digits in a unit that suits it.</summary>
    internal static string Time(double nanoseconds)
    {
        (double size, string unit) = Units.First(u => nanoseconds >= u.Size || u.Size == 1);
        return $"{Digits(nanoseconds / size)} {unit}";
    }

    internal static string Bytes(double bytes) =>
        double.IsNaN(bytes) ? "" : bytes == 0 ? "0 B" : bytes < 10_000 ? $"{Digits(bytes)} B" : $"{Digits(bytes / 1024)} KB";

    internal static string Share(double share) => share.ToString("P0", CultureInfo.InvariantCulture).Replace("%", " %", StringComparison.Ordinal).Replace("  ", " ", StringComparison.Ordinal);

    /// <summary>Three digits, or all in front of the point.</summary>
    internal static string Digits(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "#,0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
