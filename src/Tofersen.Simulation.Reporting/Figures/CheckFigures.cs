using Tofersen.Simulation.Calibrations;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Published results beside simulated ones.</summary>
public static class CheckFigures
{
    /// <summary>A forest of published values, the ranges that are accepted, and simulated values; a panel for each group and unit.</summary>
    /// <param name="results">The results of a check.</param>
    /// <param name="name">Name of the scenario.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">There are no results, or the name is blank.</exception>
    public static Figure Forest(ValueList<CalibrationResult> results, string name)
    {
        Require.NotEmpty(results, nameof(results));
        Require.Text(name, nameof(name));
        int inside = results.Count(r => r.IsInside);
        string[] outside = [.. results.Where(r => !r.IsInside).Select(r => $"{r.Target.Name}: published {Write(r.Target.Published)}, simulated {Write(r.Simulated.Value)}")];
        return new Figure
        {
            Name = "published-beside-simulated",
            Title = $"{name}: published beside simulated results",
            Description = FigureText.Invariant($"{inside} of {results.Count} simulated values lie in the range that is accepted. ")
                + (outside.Length > 0 ? $"Outside: {string.Join("; ", outside)}." : ""),
            Note = FigureText.Simulated + " Wide bars are the ranges that are accepted; bars of simulated values, where seen, 95 % Monte Carlo intervals. A filled point outside its bar is a misfit.",
            Panels = [.. results.GroupBy(r => (r.Target.Kind, r.Target.Unit)).Select(g => Panel(g.Key.Kind, g.Key.Unit, [.. g]))],
        };
    }

    // Published above, simulated below the middle of the row, so that neither hides the other.
    private const double Beside = 0.14;

    private static Panel Panel(TargetKind kind, string unit, CalibrationResult[] results)
    {
        int rows = results.Length;
        return new Panel
        {
            Title = Describe(kind),
            X = new FigureAxis { Label = unit.Length > 0 ? $"Value ({unit})" : "Proportion or ratio" },
            Y = PowerFigures.Categories(results.Select((r, i) => new AxisTick(rows - i, r.Target.Name)), rows),
            Height = Math.Max(0.12, rows * 0.075),
            Marks =
            [
                new IntervalMark
                {
                    Series = 5, IsHorizontal = true, IsRange = true, Label = "accepted",
                    Points = [.. results.Select((r, i) => new IntervalPoint(rows - i, double.NaN, r.Target.Minimum, r.Target.Maximum, $"{r.Target.Name}: accepted {Write(r.Target.Minimum)} to {Write(r.Target.Maximum)}"))],
                },
                new IntervalMark
                {
                    Series = 1, IsHorizontal = true, Label = "published",
                    Points = [.. results.Select((r, i) => new IntervalPoint(rows - i + Beside, r.Target.Published, double.NaN, double.NaN, $"{r.Target.Name}: published {Write(r.Target.Published)} ({r.Target.Citation})"))],
                },
                new IntervalMark
                {
                    Series = 0, IsHorizontal = true, Label = "simulated",
                    Points = [.. results.Select((r, i) => Simulated(r, rows - i - Beside))],
                },
            ],
        };
    }

    private static IntervalPoint Simulated(CalibrationResult result, double row)
    {
        double half = FigureText.Limit * result.Simulated.MonteCarloError;
        return new IntervalPoint(
            row, result.Simulated.Value, result.Simulated.Value - half, result.Simulated.Value + half,
            $"{result.Target.Name}: simulated {TextTable.WithError(result.Simulated.Value, result.Simulated.MonteCarloError, 3)}");
    }

    private static string Write(double value) => TextTable.Number(value, 3);

    private static string Describe(TargetKind kind) => kind switch
    {
        TargetKind.Function => "ALSFRS-R",
        TargetKind.Spread => "Spread of the ALSFRS-R",
        TargetKind.Biomarkers => "Biomarkers",
        TargetKind.OtherFunction => "Vital capacity and strength",
        TargetKind.Events => "Events",
        TargetKind.Safety => "Adverse events",
        TargetKind.Retention => "Retention",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Is no group of targets."),
    };
}
