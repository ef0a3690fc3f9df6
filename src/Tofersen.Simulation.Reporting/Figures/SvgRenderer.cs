using Tofersen.Simulation.Common;
using Tofersen.Simulation.Reporting.Figures.Svg;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Draws figures as SVG: vectors with texts, for pages and papers.</summary>
/// <remarks>A drawing stands alone or inside an HTML page, needs nothing from elsewhere and runs nothing. It has a title and a description for screen
/// readers, and titles of its points where they are pointed at. Colours follow the reader's preference for light or dark on screens, and are those of paper in print;
/// kinds of lines and shapes of points tell series apart without colour.</remarks>
public sealed class SvgRenderer : IFigureRenderer
{
    private const double PanelHeight = 300;
    private const double Margin = 14;
    private const double TitleSize = 16;
    private const double NoteSize = 11;

    /// <summary>Width of the drawing, in pixels, from 320 to 2,000.</summary>
    public int Width { get; init => field = Require.InRange(value, 320, 2_000); } = 760;

    /// <inheritdoc/>
    public string MediaType => "image/svg+xml";

    /// <inheritdoc/>
    public string FileExtension => ".svg";

    /// <inheritdoc/>
    public void Render(Figure figure, TextWriter output, string? idPrefix = null)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(output);
        string prefix = idPrefix ?? "f-" + figure.Name;
        List<string> title = TextWidth.Wrap(figure.Title, TitleSize, Width - (2 * Margin));
        List<string> note = TextWidth.Wrap(figure.Note, NoteSize, Width - (2 * Margin));
        var legend = new Legend(figure, Width - (2 * Margin));
        double top = Margin + (title.Count * (TitleSize + 4)) + legend.Height + 4;
        PanelDrawing[] panels = Arrange(figure, prefix, top, out double bottom);
        double height = bottom + (note.Count * (NoteSize + 4)) + Margin;

        using var page = new SvgPage(output);
        Open(page, figure, prefix, height);
        for (int i = 0; i < title.Count; i++)
        {
            page.Text(Margin, Margin + ((i + 1) * (TitleSize + 4)) - 6, title[i], "start", "ink", ("font-size", "16"), ("font-weight", "600"));
        }

        legend.Draw(page, Margin, Margin + (title.Count * (TitleSize + 4)));
        foreach (PanelDrawing panel in panels)
        {
            panel.Draw(page);
        }

        for (int i = 0; i < note.Count; i++)
        {
            page.Text(Margin, bottom + ((i + 1) * (NoteSize + 4)), note[i], "start", "quiet", ("font-size", "11"));
        }

        page.End();
    }

    private void Open(SvgPage page, Figure figure, string prefix, double height)
    {
        string size = $"0 0 {Width} {SvgPage.Number(height)}";
        page.Begin(
            "svg", ("viewBox", size), ("width", SvgPage.Number(Width)), ("height", SvgPage.Number(height)), ("class", prefix), ("role", "img"),
            ("aria-labelledby", $"{prefix}-title {prefix}-description"), ("font-family", "Helvetica, Arial, 'Liberation Sans', sans-serif"),
            ("font-size", SvgPage.Number(SvgPage.FontSize)));
        page.Begin("title", ("id", $"{prefix}-title")).Content(figure.Title);
        page.End();
        page.Begin("desc", ("id", $"{prefix}-description")).Content(figure.Description);
        page.End();
        page.Begin("style").Content(SvgColours.Sheet(prefix));
        page.End();
        page.Shape("rect", "", ("width", "100%"), ("height", "100%"), ("class", "f-page"), ("fill", SvgPage.Ink("page")));
    }

    private PanelDrawing[] Arrange(Figure figure, string prefix, double top, out double bottom)
    {
        double cell = (Width - (2 * Margin)) / figure.Columns;
        var drawings = new PanelDrawing[figure.Panels.Count];
        for (int row = 0; row * figure.Columns < drawings.Length; row++)
        {
            int first = row * figure.Columns;
            int count = Math.Min(figure.Columns, drawings.Length - first);

            // Panels below each other begin at the same place, as do those of a row.
            double lowest = top;
            for (int i = first; i < first + count; i++)
            {
                double left = Margin + ((i - first) * cell);
                drawings[i] = new PanelDrawing(
                    figure.Panels[i], $"{prefix}-{i + 1}", new Box(left, top, cell - (figure.Columns > 1 ? 10 : 0), PanelHeight * figure.Panels[i].Height),
                    LabelWidth(figure));
                lowest = Math.Max(lowest, drawings[i].Bottom);
            }

            top = lowest + 10;
        }

        bottom = top;
        return drawings;
    }

    private static double LabelWidth(Figure figure) => figure.Panels
        .Where(p => p.Y.IsCategorical).SelectMany(p => p.Y.Ticks).Select(t => TextWidth.Of(t.Text, SvgPage.FontSize)).DefaultIfEmpty(0).Max();
}
