namespace Tofersen.Simulation.Reporting.Figures.Svg;

/// <summary>The legend of a figure: each label once, with its line, point or area, in rows.</summary>
internal sealed class Legend
{
    private const double KeyWidth = 30;
    private const double Gap = 18;
    private const double RowHeight = 19;

    private readonly List<(Mark[] Marks, string Label, double X, int Row)> _entries = [];

    internal Legend(Figure figure, double width)
    {
        double x = 0;
        int row = 0;
        foreach (IGrouping<string, Mark> entry in figure.Panels.SelectMany(p => p.Marks).Where(m => m.Label.Length > 0).GroupBy(m => m.Label))
        {
            double needed = KeyWidth + 6 + TextWidth.Of(entry.Key, SvgPage.FontSize) + Gap;
            if (x > 0 && x + needed - Gap > width)
            {
                x = 0;
                row++;
            }

            _entries.Add(([.. entry.DistinctBy(m => (m.GetType(), m.Series))], entry.Key, x, row));
            x += needed;
        }

        Height = _entries.Count > 0 ? ((row + 1) * RowHeight) + 4 : 0;
    }

    internal double Height { get; }

    internal void Draw(SvgPage page, double left, double top)
    {
        foreach ((Mark[] marks, string label, double x, int row) in _entries)
        {
            double y = top + (row * RowHeight) + (RowHeight / 2);
            foreach (Mark mark in marks)
            {
                MarkDrawing.Key(page, mark, left + x, y, KeyWidth);
            }

            page.Text(left + x + KeyWidth + 6, y + 4, label);
        }
    }
}
