using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting.Figures;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>Power as properties of the scenario vary.</summary>
internal static class SweepSection
{
    internal static ReportSection Make(SweepResult sweep, int number, IFigureRenderer renderer) => new(
        FormattableString.Invariant($"sweep-{number}"),
        "Power as " + string.Join(" and ", sweep.Sweep.Axes.Select(a => a.Name)) + (sweep.Sweep.Axes.Count == 1 ? " varies" : " vary"),
        html => Write(html, sweep, FormattableString.Invariant($"sweep-{number}-"), renderer));

    private static void Write(HtmlWriter html, SweepResult sweep, string prefix, IFigureRenderer renderer)
    {
        html.Element("p", FormattableString.Invariant(
            $"Every line was simulated with seed {sweep.Seed} on the same participants, so that differences from '{sweep.Reference}' are known better than the powers themselves."));
        html.NewLine();
        FigureSection.Write(html, SweepFigures.Of(sweep), renderer, prefix);
        ValueList<OperatingCharacteristics> analyses = sweep.Reference.Result.Analyses;
        for (int a = 0; a < analyses.Count; a++)
        {
            Cells(sweep, analyses[a].Name, FormattableString.Invariant($"{prefix}{a + 1}")).Write(html);
            if (sweep.Sweep.Layout == SweepLayout.OneAtATime)
            {
                Tornado(sweep, analyses[a].Name, FormattableString.Invariant($"{prefix}{a + 1}-tornado")).Write(html);
            }
        }
    }

    private static HtmlTable Cells(SweepResult sweep, string analysis, string id)
    {
        var table = new HtmlTable(
            id, $"{analysis}: power, and its difference from '{sweep.Reference}'", HtmlColumn.Text("scenario"), HtmlColumn.Number("trials"),
            HtmlColumn.Number("power ± MCSE"), HtmlColumn.Number("difference ± MCSE"));
        foreach (SweepCell cell in sweep.Cells)
        {
            if (cell.Result.Analyses.FirstOrDefault(a => a.Name == analysis) is { } power)
            {
                PairedComparison? difference = cell.IsReference ? null : cell.Difference(analysis);
                table.Row(
                    cell.ToString(),
                    FormattableString.Invariant($"{cell.Result.Replicates:#,0}"),
                    TextTable.WithError(power.Power, power.MonteCarloError, 4),
                    difference is null ? "–" : TextTable.WithError(difference.Difference, difference.MonteCarloError, 4));
            }
        }

        return table;
    }

    private static HtmlTable Tornado(SweepResult sweep, string analysis, string id)
    {
        var table = new HtmlTable(
            id, $"{analysis}: how far power moves with each property, the widest swing first", HtmlColumn.Code("property"), HtmlColumn.Text("lowest at"),
            HtmlColumn.Number("power"), HtmlColumn.Text("highest at"), HtmlColumn.Number("power"), HtmlColumn.Number("swing ± MCSE"));
        foreach (TornadoBar bar in sweep.Tornado(analysis))
        {
            table.Row(
                bar.Axis,
                bar.Low.Value?.ToString() ?? "as it is",
                TextTable.Number(bar.Low.Power, 4),
                bar.High.Value?.ToString() ?? "as it is",
                TextTable.Number(bar.High.Power, 4),
                TextTable.WithError(bar.Swing, bar.Comparison.MonteCarloError, 4));
        }

        return table;
    }
}
