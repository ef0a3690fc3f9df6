using System.Globalization;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>What became of every planned analysis.</summary>
internal static class FailureSection
{
    internal static ReportSection Make(PowerResult result) => new("failures", "Failure ledger", html => Write(html, result));

    private static void Write(HtmlWriter html, PowerResult result)
    {
        html.Element("p", result.Analyses.All(a => a.Failed == 0)
            ? "Every analysis of every trial gave numbers."
            : "Trials whose analysis gave no numbers stay in the denominator of power and count as not rejecting.");
        html.NewLine();
        var table = new HtmlTable(
            "ledger", "Number of trials by what became of the analysis. The boundary is that of the parameter space, such as a variance of nought: such an analysis counts as analysed.",
            HtmlColumn.Text("analysis"), HtmlColumn.Number("planned"), HtmlColumn.Number("analysed"), HtmlColumn.Number("failed"),
            HtmlColumn.Number("of these not estimable"), HtmlColumn.Number("of these not converged"), HtmlColumn.Number("analysed on the boundary"));
        foreach (OperatingCharacteristics a in result.Analyses)
        {
            table.Row(a.Name, Count(a.Planned), Count(a.Analysed), Count(a.Failed), Count(a.Failed - a.NotConverged), Count(a.NotConverged), Count(a.Boundary));
        }

        table.Write(html);
    }

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);
}
