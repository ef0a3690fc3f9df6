using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Reporting.Reports;

/// <summary>Power and the quality of the estimates of every analysis.</summary>
internal static class OperatingSection
{
    internal static ReportSection Make(PowerResult result) => new("operating", "Operating characteristics", html => Write(html, result));

    private static void Write(HtmlWriter html, PowerResult result)
    {
        var power = new HtmlTable(
            "power", "Power: share of the planned trials in which the two-sided test rejects. A failed analysis counts as not rejecting, so that the bounds begin at the power itself.",
            HtmlColumn.Text("analysis"), HtmlColumn.Number("power ± MCSE"), HtmlColumn.Number("95 % Wilson interval"),
            HtmlColumn.Number("bounds, had failures gone either way"), HtmlColumn.Number("two-sided level"));
        foreach (OperatingCharacteristics a in result.Analyses)
        {
            power.Row(
                a.Name,
                TextTable.WithError(a.Power, a.MonteCarloError, 4),
                $"{TextTable.Number(a.Lower, 4)} to {TextTable.Number(a.Upper, 4)}",
                $"{TextTable.Number(a.Power, 4)} to {TextTable.Number(a.PowerIfFailuresRejected, 4)}",
                FormattableString.Invariant($"{a.Alpha}"));
        }

        power.Write(html);
        var estimates = new HtmlTable(
            "estimates", "Estimates, over the trials whose analysis gave numbers. They are active − control: above 0 favours treatment on scores, below 0 where the estimate is a log hazard ratio or a fall is good. A dash stands where nothing is defined: a rank, for example, estimates no difference of means.",
            HtmlColumn.Text("analysis"), HtmlColumn.Text("unit"), HtmlColumn.Number("mean estimate ± MCSE"), HtmlColumn.Number("true value ± MCSE"), HtmlColumn.Number("bias"),
            HtmlColumn.Number("empirical SE"), HtmlColumn.Number("model SE"), HtmlColumn.Number("RMSE"), HtmlColumn.Number("coverage"));
        foreach (OperatingCharacteristics a in result.Analyses)
        {
            estimates.Row([.. EstimateCells.Of(a, result.Scenario), TextTable.Number(a.RootMeanSquaredError, 3), TextTable.Number(a.Coverage, 4)]);
        }

        estimates.Write(html);
        html.Element("p", "Terms as in Morris, White and Crowther 2019, doi 10.1002/sim.8086: bias is the mean estimate less the true value; the empirical standard error is the spread of the estimates, the model one what the analysis believes it to be; RMSE is the root of the mean squared error; coverage the share of confidence intervals that hold the true value.");
    }
}
