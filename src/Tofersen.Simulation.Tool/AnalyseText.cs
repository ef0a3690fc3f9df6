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
    private const int MostDecimals = 9;
    private const double LargestWithDecimals = 1e7;

    internal static string Describe(TableResult result)
    {
        var text = new StringBuilder();
        string counted = result.ParticipantColumn is null && result.Participants == result.Observations
            ? $"{result.Observations} rows, each taken for a participant"
            : $"{result.Participants} participants, {result.Observations} observations";
        string excluded = result.ExcludedRows > 0 ? $"{result.ExcludedRows} left out by where, " : "";
        text.Append($"{result.Method}: {counted}; {Explain(result)}\n");
        text.Append($"Rows: {result.Rows} read, {excluded}{result.IncompleteRows} without a value that is needed, {result.Observations} counted.\n");
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
            var table = new TextTable([$"Covariance{structure}", .. fit.CovarianceNames ?? [.. covariance.Select(_ => "")]]);
            Func<double, string> number = Column([.. covariance.SelectMany(row => row)], Decimals([.. covariance.Select((row, i) => row[i])]));
            for (int i = 0; i < covariance.Count; i++)
            {
                table.Row([fit.CovarianceNames?[i] ?? "", .. covariance[i].Select(number)]);
            }

            text.Append('\n').Append(table);
        }

        return text.ToString();
    }

    internal static string Explain(TableResult result) => result.Status == AnalysisStatus.NotEstimable
        ? $"the data do not determine the estimate{Confounding(result)}."
        : Explain(result.Status);

    internal static string Confounding(TableResult result) =>
        result.ConfoundedTerm is { } term ? $": {term} cannot be told from the terms before it" : "";

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
        double[] errors = [.. estimates.Select(e => e.StandardError)];
        int decimals = Decimals(errors.Any(double.IsFinite) ? errors : [.. estimates.Select(e => e.Estimate)]);
        Func<double, string> estimate = Column([.. estimates.SelectMany(e => (double[])[e.Estimate, e.StandardError, e.Lower, e.Upper])], decimals);
        double[] degrees = [.. estimates.Select(e => e.DegreesOfFreedom)];
        Func<double, string> degree = Column(degrees, degrees.All(d => !double.IsFinite(d) || d == Math.Round(d)) ? 0 : 1);
        Func<double, string> statistic = Column([.. estimates.Select(e => e.Statistic)], 4);
        foreach (TableEstimate e in estimates)
        {
            string[] numbers =
            [
                estimate(e.Estimate), estimate(e.StandardError), double.IsPositiveInfinity(e.DegreesOfFreedom) ? "∞" : degree(e.DegreesOfFreedom),
                statistic(e.Statistic), TextTable.PValue(e.PValue), estimate(e.Lower), estimate(e.Upper),
            ];
            table.Row(hasVisits ? [e.Name, e.Visit ?? string.Empty, .. numbers] : [e.Name, .. numbers]);
        }

        text.Append('\n').Append(table);
    }

    // Decimals that leave the smallest of some numbers five digits.
    private static int Decimals(double[] values)
    {
        double smallest = values.Where(v => double.IsFinite(v) && v != 0).Select(Math.Abs).DefaultIfEmpty(1).Min();
        return Math.Max(0, 4 - (int)Math.Floor(Math.Log10(smallest)));
    }

    // How the numbers of some columns are written: with the same decimals, so that they stand below each other, unless they are of too many sizes.
    private static Func<double, string> Column(double[] values, int decimals)
    {
        double largest = values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return decimals <= MostDecimals && largest < LargestWithDecimals ? value => TextTable.Number(value, decimals) : Number;
    }

    private static string Number(double value) => double.IsFinite(value)
        ? value.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−')
        : "–";
}
