using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Reporting.Figures;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>Published results beside simulated ones.</summary>
internal static class CheckSection
{
    internal static ReportSection Make(ValueList<CalibrationResult> checks, string name, IFigureRenderer renderer) =>
        new("checks", "Published beside simulated", html => Write(html, checks, name, renderer));

    private static void Write(HtmlWriter html, ValueList<CalibrationResult> checks, string name, IFigureRenderer renderer)
    {
        html.Element("p", FormattableString.Invariant(
            $"{checks.Count(c => c.IsInside)} of {checks.Count} simulated values lie inside their tolerance."));
        html.NewLine();
        FigureSection.Write(html, [CheckFigures.Forest(checks, name)], renderer, "check-");
        var table = new HtmlTable(
            "targets", "Published results beside simulated ones", HtmlColumn.Text("target"), HtmlColumn.Number("published"), HtmlColumn.Number("accepted"),
            HtmlColumn.Number("simulated ± MCSE"), HtmlColumn.Word("inside"), HtmlColumn.Prose("source"));
        foreach (CalibrationResult check in checks)
        {
            table.Row([.. CheckTable.Cells(check), check.IsInside ? "yes" : "no", check.Target.Citation]);
        }

        table.Write(html);
    }
}
