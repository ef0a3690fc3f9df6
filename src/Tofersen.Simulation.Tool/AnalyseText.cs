using System.Globalization;
using System.Text;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>The answer of an analysis for people.</summary>
internal static class AnalyseText
{
    internal static string Describe(TableResult result)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant(
            $"{result.Method}: {result.Participants} participants, {result.Observations} observations; {Explain(result.Status)}\n"));
        Append(text, "Estimates", result.Estimates);
        Append(text, "Coefficients", result.Coefficients);
        TableFit fit = result.Fit;
        if (fit.MinusTwoLogLikelihood is { } likelihood)
        {
            text.Append(FormattableString.Invariant($"\n−2 log likelihood {likelihood:G10}\n"));
        }

        if (fit.ResidualVariance is { } variance && double.IsFinite(variance))
        {
            text.Append(FormattableString.Invariant($"\nResidual variance {variance:G7}\n"));
        }

        if (fit.Covariance is { } covariance)
        {
            string structure = fit.CovarianceStructure is { } kind ? $" ({kind})" : string.Empty;
            text.Append($"\nCovariance{structure}\n\n");
            foreach (ValueList<double> row in covariance)
            {
                text.AppendJoin("  ", row.Select(v => Number(v).PadLeft(10))).Append('\n');
            }
        }

        return text.ToString();
    }

    internal static string Explain(AnalysisStatus status) => status switch
    {
        AnalysisStatus.Converged => "converged.",
        AnalysisStatus.Boundary => "converged on the boundary of the parameter space.",
        AnalysisStatus.NotConverged => "the fit did not converge.",
        _ => "the data do not determine the estimate.",
    };

    private static void Append(StringBuilder text, string title, ValueList<TableEstimate> estimates)
    {
        if (estimates.Count == 0)
        {
            return;
        }

        bool hasVisits = estimates.Any(e => e.Visit is not null);
        string[] columns = ["estimate", "SE", "df", "statistic", "p", "lower", "upper"];
        var table = new TextTable(hasVisits ? [title, "visit", .. columns] : [title, .. columns]);
        foreach (TableEstimate e in estimates)
        {
            string[] numbers =
            [
                Number(e.Estimate), Number(e.StandardError), double.IsPositiveInfinity(e.DegreesOfFreedom) ? "∞" : Number(e.DegreesOfFreedom),
                Number(e.Statistic), PValue(e.PValue), Number(e.Lower), Number(e.Upper),
            ];
            table.Row(hasVisits ? [e.Name, e.Visit ?? string.Empty, .. numbers] : [e.Name, .. numbers]);
        }

        text.Append('\n').Append(table);
    }

    private static string PValue(double p) => p < 0.0001 ? "< 0.0001" : TextTable.Number(p, 4);

    private static string Number(double value) => double.IsFinite(value)
        ? value.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−')
        : "–";
}
