using System.Text;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Reporting;

namespace Tofersen.Simulation.Tool;

/// <summary>Results of a sweep for people.</summary>
internal static class SweepText
{
    private const int BarWidth = 40;

    internal static string Describe(SweepResult result)
    {
        var text = new StringBuilder();
        (int fewest, int most) = (result.Cells.Min(c => c.Result.Replicates), result.Cells.Max(c => c.Result.Replicates));
        string replicates = fewest == most ? FormattableString.Invariant($"{most}") : FormattableString.Invariant($"{fewest} to {most}");
        text.Append(FormattableString.Invariant(
            $"{result.Scenario.Name}: {result.Cells.Count} {(result.Cells.Count == 1 ? "cell" : "cells")}, {replicates} simulated trials each, seed {result.Seed}\n"));
        text.Append("Simulated data: no evidence about a medicine. ± is one Monte Carlo standard error.\n");
        text.Append("Cells have the same random numbers: where they have the same participants, too, differences of power are known better than powers.\n\n");
        if (result.Sweep.Layout == SweepLayout.OneAtATime)
        {
            text.Append("Which property moves power most: the lowest and the highest power with the others as they are\n\n");
            foreach (OperatingCharacteristics analysis in result.Reference.Result.Analyses)
            {
                AppendTornado(text, result, analysis);
            }

            return text.Append(Looks(result)).ToString();
        }

        text.Append($"Power by cell; differences are from {result.Reference}\n\n");
        return text.Append(Cells(result)).Append(Looks(result)).ToString();
    }

    // What the looks of the trial do in each cell; nothing where it has none.
    private static string Looks(SweepResult result)
    {
        if (result.Cells.All(c => c.Result.Sequential is null))
        {
            return "";
        }

        var table = new TextTable(
            [.. result.Sweep.Axes.Select(a => a.Name), "rejects in favour", "stops before its end", "participants", "weeks"]);
        foreach (SweepCell cell in result.Cells)
        {
            if (cell.Result.Sequential is { } looks)
            {
                table.Row(
                [
                    .. result.Sweep.Axes.Select(axis => $"{cell.Setting(axis.Name)?.Value}"),
                    TextTable.WithError(looks.Rejection.Value, looks.Rejection.MonteCarloError, 4),
                    TextTable.WithError(looks.EarlyStopping.Value, looks.EarlyStopping.MonteCarloError, 4),
                    TextTable.WithError(looks.Participants.Mean, looks.Participants.MonteCarloError, 1),
                    TextTable.WithError(looks.DurationWeeks.Mean, looks.DurationWeeks.MonteCarloError, 1),
                ]);
            }
        }

        return $"\nThe trial with its looks: one-sided, in favour of treatment, at any look\n\n{table}";
    }

    private static TextTable Cells(SweepResult result)
    {
        var table = new TextTable(
        [
            .. result.Sweep.Axes.Select(a => a.Name),
            "analysis", "power", "95 % interval", "difference", "p", "mean estimate", "bias", "coverage", "failed",
        ]);
        foreach (SweepCell cell in result.Cells)
        {
            bool isFirst = true;
            foreach (OperatingCharacteristics a in cell.Result.Analyses)
            {
                PairedComparison? difference = cell.IsReference ? null : cell.Difference(a.Name);
                table.Row(
                [
                    .. result.Sweep.Axes.Select(axis => isFirst ? $"{cell.Setting(axis.Name)?.Value}" : ""),
                    a.Name,
                    TextTable.WithError(a.Power, a.MonteCarloError, 4),
                    $"{TextTable.Number(a.Lower, 4)} to {TextTable.Number(a.Upper, 4)}",
                    cell.IsReference ? "reference" : difference is null ? "–" : TextTable.WithError(difference.Difference, difference.MonteCarloError, 4),
                    difference is null ? "" : TextTable.PValue(difference.PValue),
                    TextTable.WithError(a.MeanEstimate, a.MeanEstimateMonteCarloError, 3),
                    TextTable.Number(a.Bias, 3),
                    TextTable.Number(a.Coverage, 3),
                    FormattableString.Invariant($"{a.Failed} of {a.Planned}"),
                ]);
                isFirst = false;
            }
        }

        return table;
    }

    private static void AppendTornado(StringBuilder text, SweepResult result, OperatingCharacteristics analysis)
    {
        ValueList<TornadoBar> bars = result.Tornado(analysis.Name);
        double low = bars.Min(b => b.Low.Power);
        double high = bars.Max(b => b.High.Power);
        text.Append($"{analysis.Name}: power {TextTable.WithError(analysis.Power, analysis.MonteCarloError, 4)} as it is\n\n");
        var table = new TextTable(
            "property", "lowest at", "power", "highest at", "power", "swing", $"{TextTable.Number(low, 3)} to {TextTable.Number(high, 3)}".PadRight(BarWidth));
        foreach (TornadoBar bar in bars)
        {
            table.Row(
                bar.Axis,
                End(result, bar, bar.Low),
                TextTable.Number(bar.Low.Power, 4),
                End(result, bar, bar.High),
                TextTable.Number(bar.High.Power, 4),
                TextTable.WithError(bar.Swing, bar.Comparison.MonteCarloError, 4),
                Bar(bar.Low.Power, analysis.Power, bar.High.Power, low, high));
        }

        text.Append(table).Append('\n');
    }

    private static string End(SweepResult result, TornadoBar bar, TornadoEnd end)
    {
        if (end.Value is { } value)
        {
            return value.ToString();
        }

        int axis = result.Sweep.Axes.Select(a => a.Name).ToList().IndexOf(bar.Axis);
        return result.PresentValues[axis] is { } present ? $"{present} (as it is)" : "as it is";
    }

    // From the low to the high power of the axis, with a mark at the power as it is.
    private static string Bar(double from, double centre, double to, double low, double high)
    {
        int At(double power) => high > low ? (int)Math.Round((power - low) / (high - low) * (BarWidth - 1)) : 0;
        var bar = new char[BarWidth];
        Array.Fill(bar, ' ');
        Array.Fill(bar, '=', At(from), At(to) - At(from) + 1);
        bar[At(centre)] = '|';
        return new string(bar);
    }
}
