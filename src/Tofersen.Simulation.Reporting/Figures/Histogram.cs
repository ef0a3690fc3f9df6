namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Bars of how many values lie where.</summary>
/// <remarks>Widths after Freedman and Diaconis 1981 (doi 10.1007/BF01025868): twice the interquartile range over the cube root of the number of values.
/// Values further from the quartiles than three times that range, as a nearly separated Cox model gives, are counted in the outermost bars.</remarks>
internal static class Histogram
{
    private const int MostBars = 60;

    internal static IEnumerable<Tile> Of(double[] values)
    {
        (double left, double width, int[] counts) = Count(values);
        for (int i = 0; i < counts.Length; i++)
        {
            double from = left + (i * width);
            yield return new Tile(
                from, from + width, 0, counts[i], double.NaN, "", FigureText.Invariant($"{from:0.###} to {from + width:0.###}: {counts[i]} trials"));
        }
    }

    internal static double Highest(double[] values) => Count(values).Counts.Max();

    private static (double Left, double Width, int[] Counts) Count(double[] values)
    {
        double[] sorted = [.. values.Order()];
        (double q1, double q3) = (sorted[sorted.Length / 4], sorted[3 * (sorted.Length - 1) / 4]);
        double range = q3 - q1;
        double low = range > 0 ? Math.Max(sorted[0], q1 - (3 * range)) : sorted[0];
        double high = range > 0 ? Math.Min(sorted[^1], q3 + (3 * range)) : sorted[^1];
        if (high <= low)
        {
            double room = Math.Max(Math.Abs(low) * 0.05, 0.5);
            return (low - room, 2 * room, [sorted.Length]);
        }

        double wanted = range > 0 ? 2 * range / Math.Cbrt(sorted.Length) : high - low;
        int bars = (int)Math.Clamp(Math.Ceiling((high - low) / wanted), 1, MostBars);
        double width = (high - low) / bars;
        int[] counts = new int[bars];
        foreach (double value in sorted)
        {
            counts[(int)Math.Clamp(Math.Floor((value - low) / width), 0, bars - 1)]++;
        }

        return (low, width, counts);
    }
}
