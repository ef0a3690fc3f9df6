using System.Globalization;
using System.Text;

namespace Tofersen.Simulation.Benchmarks.Results;

/// <summary>The pages that a recorded measurement leaves behind: budgets, and every table.</summary>
internal static class ResultsPages
{
    /// <summary>Every budget with what was measured, and whether it was met.</summary>
    internal static string Budgets(IReadOnlyList<Budget> budgets, MeasuredRuns runs, DateOnly date)
    {
        StringBuilder page = Head("Budgets", runs, date);
        page.AppendLine("Budgets are this project's own. Spread is the range over runs as a share of the median.").AppendLine();
        page.AppendLine("| work | budget | measured | spread | | benchmark |");
        page.AppendLine("| --- | ---: | ---: | ---: | --- | --- |");
        foreach (Budget budget in budgets)
        {
            (string value, string spread, string verdict) = Judge(budget, runs);
            string benchmark = budget.Parameters.Length > 0 ? $"{budget.Benchmark}, {budget.Parameters}" : budget.Benchmark;
            page.AppendLine(
                CultureInfo.InvariantCulture, $"| {budget.Work} | {Value(budget.Measure, budget.Limit)} | {value} | {spread} | {verdict} | `{benchmark}` |");
        }

        return page.ToString();
    }

    /// <summary>The tables of all classes.</summary>
    internal static string Tables(MeasuredRuns runs, DateOnly date)
    {
        StringBuilder page = Head("Benchmarks", runs, date);
        page.AppendLine("Medians over runs; spread is their range as a share of the median. \"Times as fast\" compares with the baseline of the same")
            .AppendLine("parameters, within each run.");
        foreach (IGrouping<string, Measured> type in runs.All.GroupBy(m => m.Type))
        {
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {type.Key}").AppendLine();
            page.AppendLine("| parameters | method | median | spread | times as fast | allocated |");
            page.AppendLine("| --- | --- | ---: | ---: | ---: | ---: |");
            foreach (Measured row in type)
            {
                string times = runs.BaselineOf(row) is { } baseline ? Figures.Digits(row.TimesFasterThan(baseline)) : "";
                page.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"| {row.Parameters} | {row.Method} | {Figures.Time(row.Median)} | {Figures.Share(row.Spread)} | {times} | {Figures.Bytes(row.Bytes)} |");
            }
        }

        return page.ToString();
    }

    private static StringBuilder Head(string title, MeasuredRuns runs, DateOnly date)
    {
        int most = runs.All.Max(m => m.Nanoseconds.Length);
        int least = runs.All.Min(m => m.Nanoseconds.Length);
        string count = most == least ? $"{most}" : $"{least} to {most}";
        return new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"# {title}, {date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{runs.Environment}. Runs: {count}.").AppendLine();
    }

    private static (string Value, string Spread, string Verdict) Judge(Budget budget, MeasuredRuns runs)
    {
        if (runs.Find(budget.Benchmark, budget.Parameters) is not { } measured)
        {
            return ("not measured", "", "**open**");
        }

        double value = budget.Measure switch
        {
            BudgetMeasure.Bytes => measured.Bytes,
            BudgetMeasure.TimesFaster => runs.BaselineOf(measured) is { } baseline ? measured.TimesFasterThan(baseline) : double.NaN,
            _ => measured.Median,
        };
        string spread = budget.Measure == BudgetMeasure.Bytes ? "" : Figures.Share(measured.Spread);
        return (Value(budget.Measure, value), spread, budget.IsMetBy(value) ? "pass" : "**miss**");
    }

    private static string Value(BudgetMeasure measure, double value) => measure switch
    {
        BudgetMeasure.Bytes => Figures.Bytes(value),
        BudgetMeasure.TimesFaster => Figures.Digits(value) + " times",
        _ => Figures.Time(value),
    };
}
