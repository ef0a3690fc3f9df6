namespace Tofersen.Simulation.Reporting.Figures.Svg;

/// <summary>Places of an axis on the page, and its ticks.</summary>
internal sealed class PlotScale
{
    private readonly FigureAxis _axis;
    private readonly double _from;
    private readonly double _to;

    private PlotScale(FigureAxis axis, double minimum, double maximum, double from, double to)
    {
        _axis = axis;
        (Minimum, Maximum) = (minimum, maximum);
        (_from, _to) = (from, to);
        Ticks = axis.Ticks.Count > 0
            ? [.. axis.Ticks.Where(t => t.Value >= minimum - Slack && t.Value <= maximum + Slack)]
            : RoundTicks(axis, minimum, maximum, Math.Abs(to - from));
    }

    internal double Minimum { get; }

    internal double Maximum { get; }

    internal IReadOnlyList<AxisTick> Ticks { get; }

    private double Slack => 1e-9 * (Maximum - Minimum);

    /// <summary>A scale that holds some values and what the axis asks for.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">Values to be shown; those that are not finite do not count.</param>
    /// <param name="from">Place of the smallest value on the page.</param>
    /// <param name="to">Place of the largest.</param>
    internal static PlotScale Make(FigureAxis axis, IEnumerable<double> values, double from, double to)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double value in values.Where(v => double.IsFinite(v) && !(axis.IsLogarithmic && v <= 0)))
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        if (low > high)
        {
            (low, high) = axis.IsLogarithmic ? (0.1, 10) : (0, 1);
        }

        // Room between the data and the frame, unless the axis says where it ends.
        double room = axis.IsLogarithmic ? Math.Log(high / low) * 0.04 : (high - low) * 0.04;
        if (room <= 0)
        {
            room = axis.IsLogarithmic ? 0.1 : Math.Max(Math.Abs(high) * 0.1, 0.05);
        }

        double minimum = axis.Minimum ?? (axis.IsLogarithmic ? low * Math.Exp(-room) : low - room);
        double maximum = axis.Maximum ?? (axis.IsLogarithmic ? high * Math.Exp(room) : high + room);
        return new PlotScale(axis, minimum, maximum > minimum ? maximum : minimum + 1, from, to);
    }

    /// <summary>Place of a value on the page; NaN where it has none.</summary>
    internal double At(double value)
    {
        double share = _axis.IsLogarithmic
            ? Math.Log(value / Minimum) / Math.Log(Maximum / Minimum)
            : (value - Minimum) / (Maximum - Minimum);
        return double.IsFinite(share) ? _from + (share * (_to - _from)) : double.NaN;
    }

    internal bool Holds(double value) => value >= Minimum - Slack && value <= Maximum + Slack;

    /// <summary>A value as ticks are written.</summary>
    internal static string Write(double value, double step, bool isPercentage)
    {
        (double shown, double unit) = isPercentage ? (value * 100, step * 100) : (value, step);
        // Enough decimals for the step: 0.25 needs two, though its order of magnitude is that of 0.1.
        int decimals = 0;
        for (double rest = unit; decimals < 10 && Math.Abs(rest - Math.Round(rest)) > 1e-6 * unit; rest *= 10)
        {
            decimals++;
        }

        return TextTable.Number(Math.Round(shown, decimals) + 0.0, decimals) + (isPercentage ? " %" : "");
    }

    private static List<AxisTick> RoundTicks(FigureAxis axis, double minimum, double maximum, double length) =>
        axis.IsLogarithmic ? LogarithmicTicks(axis, minimum, maximum) : LinearTicks(axis, minimum, maximum, length);

    private static List<AxisTick> LinearTicks(FigureAxis axis, double minimum, double maximum, double length)
    {
        double step = RoundStep((maximum - minimum) / Math.Max(2, length / 55));
        var ticks = new List<AxisTick>();
        for (long i = (long)Math.Ceiling((minimum / step) - 1e-9); i * step <= maximum + (1e-9 * step); i++)
        {
            ticks.Add(new AxisTick(i * step, Write(i * step, step, axis.IsPercentage)));
        }

        return ticks;
    }

    private static double RoundStep(double atLeast)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        double times = atLeast / power;
        return power * (times <= 1 + 1e-9 ? 1 : times <= 2 + 1e-9 ? 2 : times <= 5 + 1e-9 ? 5 : 10);
    }

    // The first of ever finer sets of round numbers of which at least four lie in the range; equal steps where none is fine enough.
    private static List<AxisTick> LogarithmicTicks(FigureAxis axis, double minimum, double maximum)
    {
        foreach (double[] digits in (double[][])[[1], [1, 3], [1, 2, 5], [1, 1.5, 2, 3, 5, 7], [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9]])
        {
            var ticks = new List<AxisTick>();
            for (int power = (int)Math.Floor(Math.Log10(minimum)) - 1; power <= Math.Log10(maximum); power++)
            {
                double ten = Math.Pow(10, power);
                ticks.AddRange(digits.Select(d => d * ten).Where(v => v >= minimum * (1 - 1e-9) && v <= maximum * (1 + 1e-9))
                    .Select(v => new AxisTick(v, Write(v, v, axis.IsPercentage))));
            }

            if (ticks.Count >= 4)
            {
                return ticks;
            }
        }

        return LinearTicks(axis, minimum, maximum, 300);
    }
}
