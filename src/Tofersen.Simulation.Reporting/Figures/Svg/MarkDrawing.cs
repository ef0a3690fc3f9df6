using System.Text;

namespace Tofersen.Simulation.Reporting.Figures.Svg;

/// <summary>Draws the marks of a panel.</summary>
internal sealed class MarkDrawing(SvgPage page, PlotScale x, PlotScale y, Box plot)
{
    private const double PointSize = 3.6;

    internal void Draw(Mark mark)
    {
        switch (mark)
        {
            case BandMark band:
                Draw(band);
                break;
            case CurveMark curve:
                Draw(curve);
                break;
            case IntervalMark interval:
                Draw(interval);
                break;
            case TileMark tiles:
                Draw(tiles);
                break;
            case RuleMark rule:
                DrawLine(rule);
                break;
            default:
                throw new NotSupportedException($"{mark.GetType().Name} is not drawn.");
        }
    }

    /// <summary>What stands for a mark in the legend.</summary>
    internal static void Key(SvgPage page, Mark mark, double left, double y, double width)
    {
        SeriesStyle style = SeriesStyle.Of(mark.Series);
        string colour = SvgColours.Of(mark.Series);
        switch (mark)
        {
            case BandMark or TileMark:
                Rectangle(page, new Box(left + 4, y - 6, width - 8, 12), colour, mark is BandMark ? 0.18 : 0.75, "");
                break;
            case CurveMark curve:
                page.Line(left, y, left + width, y, colour, curve.Emphasis == Emphasis.Main ? 2.2 : 1.4, [.. Dash(style, curve.Emphasis)]);
                if (curve.HasPoints)
                {
                    Point(page, style, colour, left + (width / 2), y, "");
                }

                break;
            case IntervalMark { IsRange: true }:
                Rectangle(page, new Box(left, y - 4.5, width, 9), colour, 0.3, "");
                break;
            case IntervalMark interval:
                if (interval.Points.Any(p => double.IsFinite(p.Lower)))
                {
                    page.Line(left, y, left + width, y, colour, 1.6);
                }

                Point(page, style, colour, left + (width / 2), y, "");
                break;
            case RuleMark:
                page.Line(left, y, left + width, y, "quiet", 1.2, ("stroke-dasharray", "4 3"));
                break;
        }
    }

    /// <summary>What is written beside a rule, outside the area where marks are cut off.</summary>
    internal void DrawText(RuleMark rule)
    {
        if (rule.Text.Length == 0 || !(rule.IsVertical ? x : y).Holds(rule.At))
        {
            return;
        }

        if (rule.IsVertical)
        {
            // Above the frame, where no mark can be, and not beyond its sides.
            double half = TextWidth.Of(rule.Text, 11) / 2;
            double at = Math.Max(plot.Left + half, Math.Min(plot.Right - half, x.At(rule.At)));
            page.Text(at, plot.Top - 4, rule.Text, "middle", "quiet", ("font-size", "11"));
        }
        else
        {
            page.Text(plot.Right + 5, y.At(rule.At) + 4, rule.Text, "start", "quiet", ("font-size", "11"));
        }
    }

    private void Draw(BandMark band)
    {
        string colour = SvgColours.Of(band.Series);
        foreach (List<BandPoint> part in Parts(band.Points, p => double.IsFinite(x.At(p.X)) && double.IsFinite(y.At(p.Lower)) && double.IsFinite(y.At(p.Upper))))
        {
            string upper = Path(part.Select(p => new FigurePoint(p.X, p.Upper)), band.IsStep, 'M');
            IEnumerable<FigurePoint> lower = band.IsStep ? Steps(part.Select(p => new FigurePoint(p.X, p.Lower))) : part.Select(p => new FigurePoint(p.X, p.Lower));
            string back = Path(lower.Reverse(), isStep: false, 'L');
            page.Shape("path", "", ("d", $"{upper} {back} Z"), ("class", "f-" + colour), ("fill", SvgPage.Ink(colour)), ("fill-opacity", "0.16"));
        }
    }

    private void Draw(CurveMark curve)
    {
        SeriesStyle style = SeriesStyle.Of(curve.Series);
        string colour = SvgColours.Of(curve.Series);
        (string Name, string Value)[] look = [.. Dash(style, curve.Emphasis)];
        foreach (List<FigurePoint> part in Parts(curve.Points, p => double.IsFinite(x.At(p.X)) && double.IsFinite(y.At(p.Y))))
        {
            string width = curve.Emphasis switch { Emphasis.Main => "2.2", Emphasis.Secondary => "1.4", _ => "1" };
            page.Shape(
                "path", "", [("d", Path(part, curve.IsStep, 'M')), ("class", "s-" + colour), ("fill", "none"), ("stroke", SvgPage.Ink(colour)), ("stroke-width", width),
                ("stroke-linejoin", "round"), .. look]);
            foreach (FigurePoint point in curve.HasPoints ? part : [])
            {
                Point(page, style, colour, x.At(point.X), y.At(point.Y), "");
            }
        }
    }

    private void Draw(IntervalMark mark)
    {
        SeriesStyle style = SeriesStyle.Of(mark.Series);
        string colour = SvgColours.Of(mark.Series);
        (PlotScale values, PlotScale places) = mark.IsHorizontal ? (x, y) : (y, x);
        foreach (IntervalPoint point in mark.Points)
        {
            double at = places.At(point.At);
            (double low, double high) = (values.At(point.Lower), values.At(point.Upper));
            if (double.IsFinite(low) && double.IsFinite(high))
            {
                if (mark.IsRange)
                {
                    Box box = mark.IsHorizontal
                        ? new Box(Math.Min(low, high), at - 6, Math.Abs(high - low), 12)
                        : new Box(at - 6, Math.Min(low, high), 12, Math.Abs(high - low));
                    Rectangle(page, box, colour, 0.3, point.Title);
                }
                else
                {
                    Line(mark.IsHorizontal, low, at, high, at, colour);
                    Line(mark.IsHorizontal, low, at - 4, low, at + 4, colour);
                    Line(mark.IsHorizontal, high, at - 4, high, at + 4, colour);
                }
            }

            if (double.IsFinite(values.At(point.Value)))
            {
                double value = values.At(point.Value);
                Point(page, style, colour, mark.IsHorizontal ? value : at, mark.IsHorizontal ? at : value, point.Title);
            }
        }
    }

    private void Draw(TileMark mark)
    {
        string colour = SvgColours.Of(mark.Series);
        foreach (Tile tile in mark.Tiles)
        {
            (double left, double right) = (x.At(tile.Left), x.At(tile.Right));
            (double top, double bottom) = (y.At(tile.Top), y.At(tile.Bottom));
            var box = new Box(Math.Min(left, right), Math.Min(top, bottom), Math.Abs(right - left), Math.Abs(bottom - top));
            if (double.IsFinite(tile.Shade))
            {
                (string fill, string text) = SvgColours.Shade(tile.Shade);
                page.Shape(
                    "rect", tile.Title, ("x", SvgPage.Number(box.Left)), ("y", SvgPage.Number(box.Top)), ("width", SvgPage.Number(box.Width)),
                    ("height", SvgPage.Number(box.Height)), ("fill", fill), ("class", "s-page"), ("stroke", SvgPage.Ink("page")), ("stroke-width", "1"));
                WriteIn(box, tile.Text, text);
            }
            else
            {
                Rectangle(page, box, colour, 0.75, tile.Title);
            }
        }
    }

    private void WriteIn(Box box, string text, string colour)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < lines.Length; i++)
        {
            page.Begin(
                "text", ("x", SvgPage.Number(box.Left + (box.Width / 2))), ("y", SvgPage.Number(box.Top + (box.Height / 2) + 4 + ((i - ((lines.Length - 1) / 2.0)) * 14))),
                ("text-anchor", "middle"), ("fill", colour), ("font-size", i == 0 ? "12" : "10")).Content(lines[i]);
            page.End();
        }
    }

    private void DrawLine(RuleMark rule)
    {
        if (!(rule.IsVertical ? x : y).Holds(rule.At))
        {
            return;
        }

        double at = (rule.IsVertical ? x : y).At(rule.At);
        (double x1, double y1, double x2, double y2) = rule.IsVertical ? (at, plot.Top, at, plot.Bottom) : (plot.Left, at, plot.Right, at);
        page.Line(x1, y1, x2, y2, "quiet", 1.2, ("stroke-dasharray", "4 3"));
    }

    private void Line(bool isHorizontal, double value1, double at1, double value2, double at2, string colour)
    {
        (double x1, double y1, double x2, double y2) = isHorizontal ? (value1, at1, value2, at2) : (at1, value1, at2, value2);
        page.Line(x1, y1, x2, y2, colour, 1.6);
    }

    private string Path(IEnumerable<FigurePoint> points, bool isStep, char first)
    {
        var path = new StringBuilder();
        double before = double.NaN;
        foreach (FigurePoint point in points)
        {
            (double px, double py) = (x.At(point.X), y.At(point.Y));
            if (path.Length == 0)
            {
                path.Append(first);
            }
            else
            {
                path.Append(" L");
                if (isStep)
                {
                    path.Append(SvgPage.Number(px)).Append(' ').Append(SvgPage.Number(before)).Append(" L");
                }
            }

            path.Append(SvgPage.Number(px)).Append(' ').Append(SvgPage.Number(py));
            before = py;
        }

        return path.ToString();
    }

    private static IEnumerable<FigurePoint> Steps(IEnumerable<FigurePoint> points)
    {
        double before = double.NaN;
        foreach (FigurePoint point in points)
        {
            if (double.IsFinite(before))
            {
                yield return point with { Y = before };
            }

            yield return point;
            before = point.Y;
        }
    }

    private static IEnumerable<(string Name, string Value)> Dash(SeriesStyle style, Emphasis emphasis) => emphasis switch
    {
        Emphasis.Faint => [("stroke-opacity", "0.4")],
        Emphasis.Secondary => [("stroke-dasharray", "1.5 3"), ("stroke-linecap", "round")],
        _ => style.Dash.Length > 0 ? [("stroke-dasharray", style.Dash)] : [],
    };

    private static void Rectangle(SvgPage page, Box box, string colour, double opacity, string title) => page.Shape(
        "rect", title, ("x", SvgPage.Number(box.Left)), ("y", SvgPage.Number(box.Top)), ("width", SvgPage.Number(box.Width)),
        ("height", SvgPage.Number(box.Height)), ("class", $"f-{colour} s-{colour}"), ("fill", SvgPage.Ink(colour)), ("fill-opacity", SvgPage.Number(opacity)),
        ("stroke", SvgPage.Ink(colour)), ("stroke-width", "0.8"));

    private static void Point(SvgPage page, SeriesStyle style, string colour, double cx, double cy, string title)
    {
        bool isHollow = style.Shape is PointShape.HollowSquare or PointShape.HollowDiamond or PointShape.HollowCircle or PointShape.HollowTriangle;
        string fill = isHollow ? "page" : colour;
        string path = style.Shape switch
        {
            PointShape.Circle or PointShape.HollowCircle => Circle(cx, cy),
            PointShape.Square or PointShape.HollowSquare => Polygon(cx, cy, (-1, -1), (1, -1), (1, 1), (-1, 1)),
            PointShape.Triangle or PointShape.HollowTriangle => Polygon(cx, cy, (0, -1.3), (1.2, 1), (-1.2, 1)),
            _ => Polygon(cx, cy, (0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
        };
        page.Shape(
            "path", title, ("d", path), ("class", $"f-{fill} s-{colour}"), ("fill", SvgPage.Ink(fill)), ("stroke", SvgPage.Ink(colour)), ("stroke-width", "1.4"));
    }

    private static string Circle(double cx, double cy)
    {
        string r = SvgPage.Number(PointSize);
        string diameter = SvgPage.Number(2 * PointSize);
        return $"M{SvgPage.Number(cx - PointSize)} {SvgPage.Number(cy)} a{r} {r} 0 1 0 {diameter} 0 a{r} {r} 0 1 0 -{diameter} 0 Z";
    }

    private static string Polygon(double cx, double cy, params ReadOnlySpan<(double X, double Y)> corners)
    {
        var path = new StringBuilder("M");
        for (int i = 0; i < corners.Length; i++)
        {
            path.Append(i == 0 ? "" : " L").Append(SvgPage.Number(cx + (corners[i].X * PointSize))).Append(' ').Append(SvgPage.Number(cy + (corners[i].Y * PointSize)));
        }

        return path.Append(" Z").ToString();
    }

    private static IEnumerable<List<T>> Parts<T>(IEnumerable<T> points, Func<T, bool> isDrawn)
    {
        var part = new List<T>();
        foreach (T point in points)
        {
            if (isDrawn(point))
            {
                part.Add(point);
            }
            else if (part.Count > 0)
            {
                yield return part;
                part = [];
            }
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }
}
