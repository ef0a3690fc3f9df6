namespace Tofersen.Simulation.Reporting.Figures.Svg;

/// <summary>A panel on the page: frame, axes, ticks, labels, rows of numbers; its marks are drawn by <see cref="MarkDrawing"/>.</summary>
internal sealed class PanelDrawing
{
    private const double TickLength = 4;
    private const double RowHeight = 16;
    private const double LineHeight = 15;
    private const double RuleTextHeight = 14;

    private readonly Panel _panel;
    private readonly string _id;
    private readonly Box _plot;
    private readonly PlotScale _x;
    private readonly PlotScale _y;
    private readonly List<AxisTick> _xTicks;
    private readonly List<string> _xLabel;
    private readonly double _titleHeight;
    private readonly double _titleTop;

    /// <param name="panel">The panel.</param>
    /// <param name="id">Identifier of its elements.</param>
    /// <param name="cell">Where it goes: its left, top and width, and the height of the area between the axes.</param>
    /// <param name="categoryWidth">Width of the widest category of the figure, so that panels below each other line up.</param>
    internal PanelDrawing(Panel panel, string id, Box cell, double categoryWidth)
    {
        _panel = panel;
        _id = id;
        bool hasRuleTexts = panel.Marks.OfType<RuleMark>().Any(r => r.IsVertical && r.Text.Length > 0);
        _titleHeight = (panel.Title.Length > 0 ? 20 : 6) + (hasRuleTexts ? RuleTextHeight : 0);
        _titleTop = _titleHeight - 14;
        (double[] xs, double[] ys) = Extents(panel);
        double top = cell.Top + _titleHeight;
        _y = PlotScale.Make(panel.Y, ys, top + cell.Height, top);
        double labels = panel.Y.IsCategorical
            ? categoryWidth
            : _y.Ticks.Select(t => TextWidth.Of(t.Text, SvgPage.FontSize)).DefaultIfEmpty(0).Max();
        double rows = panel.Rows.Select(r => TextWidth.Of(r.Label, SvgPage.FontSize)).DefaultIfEmpty(0).Max();
        double left = Math.Max(labels + TickLength + 6 + (panel.Y.Label.Length > 0 ? 20 : 0), rows + 22);
        double right = 16 + panel.Marks.OfType<RuleMark>().Where(r => !r.IsVertical && r.Text.Length > 0).Select(r => TextWidth.Of(r.Text, 11)).DefaultIfEmpty(0).Max();
        _plot = new Box(cell.Left + left, top, Math.Max(60, cell.Width - left - right), cell.Height);
        _x = PlotScale.Make(panel.X, xs, _plot.Left, _plot.Right);
        _xTicks = Apart(_x, panel);
        _xLabel = panel.X.Label.Length > 0 ? TextWidth.Wrap(panel.X.Label, SvgPage.FontSize, _plot.Width) : [];
    }

    /// <summary>Where what comes below may begin.</summary>
    internal double Bottom => LabelsTop + (_xLabel.Count * LineHeight) + 4
        + (_panel.Rows.Count > 0 ? ((_panel.Rows.Count + (_panel.RowsTitle.Length > 0 ? 1 : 0)) * RowHeight) + 8 : 0);

    private double LabelsTop => _plot.Bottom + TickLength + 16 + (2 * (_xTicks.Select(t => Lines(t).Count).DefaultIfEmpty(1).Max() - 1) * 7);

    internal void Draw(SvgPage page)
    {
        page.Begin("g", ("id", _id));
        if (_panel.Title.Length > 0)
        {
            page.Text(_plot.Left, _plot.Top - _titleTop, _panel.Title, "start", "ink", ("font-weight", "600"));
        }

        DrawGrid(page);
        page.Begin("clipPath", ("id", $"{_id}-clip"));

        // A little wider than the frame, for points that stand on it.
        page.Shape(
            "rect", "", ("x", SvgPage.Number(_plot.Left - 6)), ("y", SvgPage.Number(_plot.Top - 6)), ("width", SvgPage.Number(_plot.Width + 12)),
            ("height", SvgPage.Number(_plot.Height + 12)));
        page.End();
        page.Begin("g", ("clip-path", $"url(#{_id}-clip)"));
        var marks = new MarkDrawing(page, _x, _y, _plot);
        foreach (Mark mark in _panel.Marks)
        {
            marks.Draw(mark);
        }

        page.End();
        foreach (RuleMark rule in _panel.Marks.OfType<RuleMark>())
        {
            marks.DrawText(rule);
        }

        DrawAxes(page);
        DrawRows(page);
        page.End();
    }

    private void DrawGrid(SvgPage page)
    {
        page.Begin("g", ("aria-hidden", "true"));
        foreach (AxisTick tick in _panel.Y.IsCategorical ? [] : _y.Ticks)
        {
            page.Line(_plot.Left, _y.At(tick.Value), _plot.Right, _y.At(tick.Value), "grid", 1);
        }

        foreach (AxisTick tick in _panel.X.IsCategorical ? [] : _xTicks)
        {
            page.Line(_x.At(tick.Value), _plot.Top, _x.At(tick.Value), _plot.Bottom, "grid", 1);
        }

        page.End();
    }

    private void DrawAxes(SvgPage page)
    {
        page.Line(_plot.Left, _plot.Bottom, _plot.Right, _plot.Bottom, "axis", 1);
        page.Line(_plot.Left, _plot.Top, _plot.Left, _plot.Bottom, "axis", 1);
        foreach (AxisTick tick in _xTicks)
        {
            double x = _x.At(tick.Value);
            page.Line(x, _plot.Bottom, x, _plot.Bottom + TickLength, "axis", 1);
            List<string> lines = Lines(tick);
            for (int i = 0; i < lines.Count; i++)
            {
                page.Text(x, _plot.Bottom + TickLength + 13 + (i * 14), lines[i], "middle");
            }
        }

        foreach (AxisTick tick in _y.Ticks)
        {
            double y = _y.At(tick.Value);
            page.Line(_plot.Left - TickLength, y, _plot.Left, y, "axis", 1);
            page.Text(_plot.Left - TickLength - 4, y + 4, tick.Text, "end");
        }

        for (int i = 0; i < _xLabel.Count; i++)
        {
            page.Text(_plot.Left + (_plot.Width / 2), LabelsTop + (i * LineHeight) + 12, _xLabel[i], "middle");
        }

        if (_panel.Y.Label.Length > 0)
        {
            double x = _plot.Left - (_y.Ticks.Select(t => TextWidth.Of(t.Text, SvgPage.FontSize)).DefaultIfEmpty(0).Max() + TickLength + 14);
            double y = _plot.Top + (_plot.Height / 2);
            List<string> lines = TextWidth.Wrap(_panel.Y.Label, SvgPage.FontSize, _plot.Height + _titleHeight);
            string place = $"rotate(-90 {SvgPage.Number(x)} {SvgPage.Number(y)})";
            page.Text(x, y, string.Join(' ', lines), "middle", "ink", ("transform", place));
        }
    }

    private void DrawRows(SvgPage page)
    {
        double y = LabelsTop + (_xLabel.Count * LineHeight) + 8;
        if (_panel.Rows.Count > 0 && _panel.RowsTitle.Length > 0)
        {
            y += RowHeight;
            page.Text(_plot.Left, y, _panel.RowsTitle, "start", "quiet", ("font-size", "11"));
        }

        foreach (NumberRow row in _panel.Rows)
        {
            y += RowHeight;
            string colour = SvgColours.Of(row.Series);
            page.Text(_plot.Left - 14, y, row.Label, "end", colour);
            foreach (AxisTick number in row.Numbers.Where(n => _xTicks.Any(t => Math.Abs(t.Value - n.Value) < 1e-9)))
            {
                page.Text(_x.At(number.Value), y, number.Text, "middle");
            }
        }
    }

    // Categories are broken into lines that fit between their neighbours; other ticks are short.
    private List<string> Lines(AxisTick tick) => _panel.X.IsCategorical
        ? TextWidth.Wrap(tick.Text, SvgPage.FontSize, _plot.Width / Math.Max(1, _xTicks.Count))
        : [tick.Text];

    // Ticks that, with the numbers below them, do not run into the one before; the last, where the axis ends, is as good as any other.
    private static List<AxisTick> Apart(PlotScale scale, Panel panel)
    {
        var kept = new List<AxisTick>();
        double free = double.NegativeInfinity;
        foreach (AxisTick tick in scale.Ticks)
        {
            double numbers = panel.Rows.SelectMany(r => r.Numbers).Where(n => n.Value.Equals(tick.Value)).Select(n => TextWidth.Of(n.Text, SvgPage.FontSize)).DefaultIfEmpty(0).Max();
            double half = Math.Max(TextWidth.Of(tick.Text, SvgPage.FontSize), numbers) / 2;
            if (panel.X.IsCategorical || scale.At(tick.Value) - half > free)
            {
                kept.Add(tick);
                free = scale.At(tick.Value) + half + 6;
            }
        }

        return kept;
    }

    private static (double[] X, double[] Y) Extents(Panel panel)
    {
        var x = new List<double>();
        var y = new List<double>();
        foreach (Mark mark in panel.Marks)
        {
            switch (mark)
            {
                case CurveMark curve:
                    x.AddRange(curve.Points.Where(p => double.IsFinite(p.Y)).Select(p => p.X));
                    y.AddRange(curve.Points.Where(p => double.IsFinite(p.X)).Select(p => p.Y));
                    break;
                case BandMark band:
                    x.AddRange(band.Points.Select(p => p.X));
                    y.AddRange(band.Points.SelectMany(p => (double[])[p.Lower, p.Upper]));
                    break;
                case IntervalMark interval:
                    (interval.IsHorizontal ? y : x).AddRange(interval.Points.Select(p => p.At));
                    (interval.IsHorizontal ? x : y).AddRange(interval.Points.SelectMany(p => (double[])[p.Value, p.Lower, p.Upper]));
                    break;
                case TileMark tile:
                    x.AddRange(tile.Tiles.SelectMany(t => (double[])[t.Left, t.Right]));
                    y.AddRange(tile.Tiles.SelectMany(t => (double[])[t.Bottom, t.Top]));
                    break;
                case RuleMark rule:
                    (rule.IsVertical ? x : y).Add(rule.At);
                    break;
            }
        }

        return ([.. x], [.. y]);
    }
}
