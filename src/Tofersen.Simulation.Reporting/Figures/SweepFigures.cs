using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Figures of sweeps: power curves, power surfaces, tornados.</summary>
public static class SweepFigures
{
    /// <summary>The figures that a sweep calls for: a curve for one axis, a surface for each analysis for two, a tornado for each analysis where one thing was changed at a
    /// time.</summary>
    /// <param name="result">The sweep.</param>
    /// <returns>The figures; none for a grid of three axes and more, which no picture shows.</returns>
    public static ValueList<Figure> Of(SweepResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string[] analyses = [.. result.Reference.Result.Analyses.Select(a => a.Name)];
        return result.Sweep switch
        {
            { Layout: SweepLayout.OneAtATime } => [.. analyses.Select(a => Tornado(result, a))],
            { Axes.Count: 1 } when analyses.Length > 0 => [Curve(result)],
            { Axes.Count: 2 } => [.. analyses.Select(a => Surface(result, a))],
            _ => [],
        };
    }

    /// <summary>Power of each analysis along the one axis of a sweep, with 95 % Monte Carlo bands.</summary>
    /// <param name="result">A sweep of one axis.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">The sweep has more than one axis.</exception>
    public static Figure Curve(SweepResult result)
    {
        SweepAxis axis = Axes(result, 1)[0];
        bool isNumeric = axis.Values.All(v => v.Number is not null);
        SweepCell[] cells = [.. result.Cells.Where(c => c.Setting(axis.Name) is not null)];
        double[] places = [.. cells.Select((c, i) => isNumeric ? c.Setting(axis.Name)!.Value.Value.Number!.Value : i + 1)];
        string[] names = [.. cells.SelectMany(c => c.Result.Analyses).Select(a => a.Name).Distinct()];
        var bands = new List<Mark>();
        var curves = new List<Mark>();
        for (int s = 0; s < names.Length; s++)
        {
            (double Place, OperatingCharacteristics Power)[] points =
            [
                .. from cell in cells.Zip(places)
                   from power in cell.First.Result.Analyses
                   where power.Name == names[s]
                   orderby cell.Second
                   select (cell.Second, power),
            ];
            if (isNumeric)
            {
                bands.Add(new BandMark { Series = s, Points = [.. points.Select(p => new BandPoint(p.Place, p.Power.Lower, p.Power.Upper))] });
                curves.Add(new CurveMark { Series = s, Label = names[s], HasPoints = true, Points = [.. points.Select(p => new FigurePoint(p.Place, p.Power.Power))] });
            }
            else
            {
                // Beside each other, so that intervals of several analyses do not cover each other.
                double shift = (s - ((names.Length - 1) / 2.0)) * Math.Min(0.12, 0.7 / names.Length);
                curves.Add(new IntervalMark
                {
                    Series = s,
                    Label = names[s],
                    Points = [.. points.Select(p => new IntervalPoint(p.Place + shift, p.Power.Power, p.Power.Lower, p.Power.Upper, $"{names[s]}: {FigureText.Power(p.Power)}"))],
                });
            }
        }

        // Low powers are not squeezed against the axis for the sake of a line far above them.
        bool isLow = cells.SelectMany(c => c.Result.Analyses).Max(a => a.Upper) < 0.5;
        return new Figure
        {
            Name = "power-curve",
            Title = $"Power by {axis.Name}",
            Description = $"A line an analysis over {cells.Length} values. {string.Join("; ", Ends(cells, axis, names))}.",
            Note = Note(result, cells) + (isNumeric ? " Bands" : " Bars") + " are 95 % Monte Carlo intervals (Wilson).",
            Panels =
            [
                new Panel
                {
                    X = isNumeric
                        ? new FigureAxis { Label = axis.Name, IsPercentage = false }
                        : PowerFigures.Categories(cells.Select((c, i) => new AxisTick(i + 1, c.Setting(axis.Name)!.Value.Value.ToString())), cells.Length) with { Label = axis.Name },
                    Y = new FigureAxis { Label = "Power (%)", IsPercentage = true, Minimum = 0, Maximum = isLow ? null : 1 },
                    Marks = [.. isLow ? [] : (Mark[])[new RuleMark { At = 0.8, Text = "80 %" }], .. bands, .. curves],
                },
            ],
        };
    }

    /// <summary>Power of an analysis over the two axes of a sweep, written into cells with its Monte Carlo error.</summary>
    /// <param name="result">A sweep of two axes.</param>
    /// <param name="analysis">Name of an analysis.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">The sweep has not two axes, or no such analysis.</exception>
    public static Figure Surface(SweepResult result, string analysis)
    {
        ValueList<SweepAxis> axes = Axes(result, 2);
        RequireAnalysis(result, analysis);
        (SweepAxis rows, SweepAxis columns) = (axes[0], axes[1]);
        var tiles = new List<Tile>();
        (double Power, string Where) low = (double.PositiveInfinity, "");
        (double Power, string Where) high = (double.NegativeInfinity, "");
        foreach (SweepCell cell in result.Cells)
        {
            if (cell.Result.Analyses.FirstOrDefault(a => a.Name == analysis) is not { } power)
            {
                continue;
            }

            int column = Position(columns, cell);
            int row = Position(rows, cell);
            tiles.Add(new Tile(
                column + 0.5, column + 1.5, row + 0.5, row + 1.5, power.Power, $"{FigureText.Percent(power.Power, 0)}\n± {FigureText.Percent(power.MonteCarloError)}",
                $"{cell}: {FigureText.Power(power)}"));
            low = power.Power < low.Power ? (power.Power, cell.ToString()) : low;
            high = power.Power > high.Power ? (power.Power, cell.ToString()) : high;
        }

        return new Figure
        {
            Name = "power-surface" + CourseFigures.Suffix(analysis),
            Title = $"Power of {analysis} by {rows.Name} and {columns.Name}",
            Description = $"A cell a combination. Lowest {FigureText.Percent(low.Power)} at {low.Where}; highest {FigureText.Percent(high.Power)} at {high.Where}.",
            Note = Note(result, result.Cells) + " ± is one Monte Carlo standard error.",
            Panels =
            [
                new Panel
                {
                    X = Cells(columns),
                    Y = Cells(rows),
                    Marks = [new TileMark { Tiles = [.. tiles] }],
                    Height = Math.Clamp(rows.Values.Count * 0.14, 0.3, 4),
                },
            ],
        };
    }

    /// <summary>How far the power of an analysis moves with each axis, the widest swing at the top.</summary>
    /// <param name="result">A sweep that changed one thing at a time.</param>
    /// <param name="analysis">Name of an analysis.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">There is no such analysis.</exception>
    /// <exception cref="InvalidOperationException">The sweep ran a full grid.</exception>
    public static Figure Tornado(SweepResult result, string analysis)
    {
        ArgumentNullException.ThrowIfNull(result);
        ValueList<TornadoBar> bars = result.Tornado(analysis);
        double present = result.Reference.Result.Analyses.First(a => a.Name == analysis).Power;
        int rows = bars.Count;
        return new Figure
        {
            Name = "tornado" + CourseFigures.Suffix(analysis),
            Title = $"What the power of {analysis} depends on",
            Description = $"A bar an assumption, from its lowest to its highest power. {string.Join("; ", bars.Select(Describe))}. As it is: {FigureText.Percent(present)}.",
            Note = Note(result, result.Cells) + " One assumption is changed at a time. In brackets: the values at the low and the high end, – for the scenario as it is."
                + (rows > 0 ? FigureText.Invariant($" The widths have Monte Carlo standard errors of at most {FigureText.Percent(bars.Max(b => b.Comparison.MonteCarloError))}.") : ""),
            Panels =
            [
                new Panel
                {
                    X = new FigureAxis { Label = "Power (%)", IsPercentage = true },
                    Y = PowerFigures.Categories(bars.Select((b, i) => new AxisTick(rows - i, $"{b.Axis} ({Value(b.Low)} / {Value(b.High)})")), rows),
                    Marks =
                    [
                        new TileMark
                        {
                            Tiles = [.. bars.Select((b, i) => new Tile(b.Low.Power, b.High.Power, rows - i - 0.32, rows - i + 0.32, double.NaN, "", Describe(b)))],
                        },
                        new RuleMark { At = present, IsVertical = true, Text = $"as it is {FigureText.Percent(present)}" },
                    ],
                    Height = Math.Clamp(rows * 0.11, 0.25, 4),
                },
            ],
        };

        static string Value(TornadoEnd end) => end.Value?.ToString() ?? "–";

        static string Describe(TornadoBar b) => FigureText.Invariant(
            $"{b.Axis}: {FigureText.Percent(b.Low.Power)} at {Value(b.Low)}, {FigureText.Percent(b.High.Power)} at {Value(b.High)}, difference {FigureText.Percent(b.Swing)} ± {FigureText.Percent(b.Comparison.MonteCarloError)}");
    }

    private static ValueList<SweepAxis> Axes(SweepResult result, int count)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Sweep.Axes.Count == count && result.Sweep.Layout == SweepLayout.FullGrid
            ? result.Sweep.Axes
            : throw new ArgumentException(FormattableString.Invariant($"The figure needs a full grid of {count} axes; the sweep has {result.Sweep.Axes.Count}."), nameof(result));
    }

    private static void RequireAnalysis(SweepResult result, string analysis)
    {
        string[] names = [.. result.Cells.SelectMany(c => c.Result.Analyses).Select(a => a.Name).Distinct()];
        if (!names.Contains(analysis))
        {
            throw new ArgumentException($"There is no analysis '{analysis}'; there are {string.Join(", ", names)}.", nameof(analysis));
        }
    }

    private static IEnumerable<string> Ends(SweepCell[] cells, SweepAxis axis, string[] names)
    {
        foreach (string name in names)
        {
            IEnumerable<string> ends = from cell in (SweepCell[])[cells[0], cells[^1]]
                                       let power = cell.Result.Analyses.FirstOrDefault(a => a.Name == name)
                                       where power is not null
                                       select $"{FigureText.Percent(power.Power)} at {cell.Setting(axis.Name)!.Value.Value}";
            yield return $"{name} {string.Join(", ", ends)}";
        }
    }

    private static int Position(SweepAxis axis, SweepCell cell) => axis.Values.ToList().IndexOf(cell.Setting(axis.Name)!.Value.Value);

    private static FigureAxis Cells(SweepAxis axis) => new()
    {
        Label = axis.Name,
        IsCategorical = true,
        Minimum = 0.5,
        Maximum = axis.Values.Count + 0.5,
        Ticks = [.. axis.Values.Select((v, i) => new AxisTick(i + 1, v.ToString()))],
    };

    private static string Note(SweepResult result, IReadOnlyCollection<SweepCell> cells)
    {
        int[] replicates = [.. cells.Select(c => c.Result.Replicates).Distinct()];
        return FigureText.Invariant(
            $"{FigureText.Simulated} {result.Scenario.Name}, {(replicates.Length == 1 ? $"{replicates[0]:N0}" : $"{replicates.Min():N0} to {replicates.Max():N0}")} trials at each value, seed {result.Seed}, common random numbers: the same participants wherever they take part.");
    }
}
