using System.Globalization;

namespace Tofersen.Simulation.Tests.Reporting.Reports;

/// <summary>Contrast as WCAG 2.1 defines it.</summary>
internal static class Contrast
{
    /// <summary>Ratio of two colours, from 1 to 21, written as a browser has them: <c>rgb(1, 2, 3)/rgb(4, 5, 6)</c>.</summary>
    internal static double Of(string pair)
    {
        double[] luminances = [.. pair.Split('/').Select(Luminance)];
        return (luminances.Max() + 0.05) / (luminances.Min() + 0.05);
    }

    /// <summary>Relative luminance of a colour, from 0 to 1: <c>rgb(1, 2, 3)</c> or <c>#010203</c>.</summary>
    internal static double Luminance(string colour)
    {
        double[] linear = [.. Channels(colour.Trim()).Select(c => c / 255 <= 0.04045 ? c / 255 / 12.92 : Math.Pow(((c / 255) + 0.055) / 1.055, 2.4))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    private static double[] Channels(string colour) => colour.StartsWith('#')
        ? [.. Enumerable.Range(0, 3).Select(i => (double)int.Parse(colour.AsSpan(1 + (2 * i), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))]
        : colour.StartsWith("rgb(", StringComparison.Ordinal)
            ? [.. colour[4..^1].Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture))]
            : throw new ArgumentException($"'{colour}' is no opaque colour.", nameof(colour));
}
