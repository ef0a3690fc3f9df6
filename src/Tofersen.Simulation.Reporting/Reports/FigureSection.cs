using Tofersen.Simulation.Common;
using Tofersen.Simulation.Reporting.Figures;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>The figures of a result.</summary>
internal static class FigureSection
{
    internal static ReportSection Make(ValueList<Figure> figures, IFigureRenderer renderer) =>
        new("figures", "Figures", html => Write(html, figures, renderer, "figure-"));

    /// <summary>Writes figures one below the other.</summary>
    /// <param name="html">The page.</param>
    /// <param name="figures">The figures; their names differ.</param>
    /// <param name="renderer">Draws them.</param>
    /// <param name="prefix">Begins the identifiers of these figures, and of no others on the page.</param>
    internal static void Write(HtmlWriter html, ValueList<Figure> figures, IFigureRenderer renderer, string prefix)
    {
        foreach (Figure figure in figures)
        {
            // On a phone a figure scrolls in a box of its own, by keyboard, too.
            using (html.Open("figure", ("class", "figure"), ("tabindex", "0"), ("aria-label", figure.Title)))
            {
                html.NewLine();
                html.Drawing(renderer, figure, prefix + figure.Name);
            }

            html.NewLine();
        }
    }
}
