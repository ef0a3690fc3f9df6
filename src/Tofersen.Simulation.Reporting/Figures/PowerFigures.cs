using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Figures of power: by analysis, by number of participants, by end of follow-up, and of the estimates behind it.</summary>
public static class PowerFigures
{
    /// <summary>Power of each analysis with its 95 % Monte Carlo interval.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The figure: a row an analysis.</returns>
    /// <exception cref="ArgumentException">The result has no analyses.</exception>
    public static Figure ByAnalysis(PowerResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Require.NotEmpty(result.Analyses, nameof(result));
        int rows = result.Analyses.Count;
        var marks = new List<Mark>();
        double[] levels = [.. result.Analyses.Select(a => a.Alpha).Distinct()];
        marks.AddRange(levels.Length == 1
            ? [new RuleMark { At = levels[0], IsVertical = true, Text = $"level {FigureText.Percent(levels[0], levels[0] * 100 % 1 == 0 ? 0 : 1)}" }]
            : Array.Empty<Mark>());
        if (result.Analyses.Any(a => a.PowerIfFailuresRejected > a.Power))
        {
            marks.Add(new IntervalMark
            {
                Series = 5,
                IsHorizontal = true,
                IsRange = true,
                Label = "had every failed analysis rejected",
                Points = [.. result.Analyses.Select((a, i) => new IntervalPoint(Row(i), double.NaN, a.Power, a.PowerIfFailuresRejected, FigureText.Invariant($"{a.Name}: {a.Failed} of {a.Planned} failed")))],
            });
        }

        marks.Add(new IntervalMark
        {
            IsHorizontal = true,
            Points = [.. result.Analyses.Select((a, i) => new IntervalPoint(Row(i), a.Power, a.Lower, a.Upper, $"{a.Name}: {FigureText.Power(a)}"))],
        });
        return new Figure
        {
            Name = "power",
            Title = "Power: share of trials in which each analysis rejects",
            Description = $"A point an analysis. {string.Join("; ", result.Analyses.Select(a => $"{a.Name} {FigureText.Percent(a.Power)} ± {FigureText.Percent(a.MonteCarloError)}"))}.",
            Note = FigureText.Trials(result) + " Bars are 95 % Monte Carlo intervals (Wilson); tests are two-sided.",
            Panels =
            [
                new Panel
                {
                    X = new FigureAxis { Label = "Trials in which the analysis rejects (%)", IsPercentage = true, Minimum = 0, Maximum = 1 },
                    Y = Categories(result.Analyses.Select((a, i) => new AxisTick(Row(i), a.Name)), rows),
                    Marks = [.. marks],
                    Height = Math.Clamp(rows * 0.085, 0.2, 4),
                },
            ],
        };

        double Row(int position) => rows - position;
    }

    /// <summary>Power by the number of participants, or by an effect, where a search looked, and the answer it found.</summary>
    /// <param name="result">A search's result.</param>
    /// <returns>The figure.</returns>
    public static Figure Search(PowerSearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        bool isSize = result is SampleSizeResult;
        string path = (result as DetectableEffectResult)?.Path ?? "effect";
        var marks = new List<Mark> { new RuleMark { At = result.Target, Text = FigureText.Percent(result.Target, 0) } };
        if (double.IsFinite(result.Lower) && double.IsFinite(result.Upper))
        {
            marks.Add(new BandMark { Series = 5, Label = "95 % interval of the answer", Points = [new BandPoint(result.Lower, 0, 1), new BandPoint(result.Upper, 0, 1)] });
        }

        if (double.IsFinite(result.Crossing))
        {
            string text = isSize ? FigureText.Invariant($"{((SampleSizeResult)result).Participants:N0}") : FigureText.Invariant($"{result.Crossing:0.###}");
            marks.Add(new RuleMark { At = result.Crossing, IsVertical = true, Text = text });
        }

        marks.Add(new IntervalMark
        {
            Label = "simulated, with 95 % Monte Carlo interval",
            Points = [.. result.Tried.Select(Point)],
        });
        string answer = double.IsFinite(result.Crossing)
            ? FigureText.Invariant($"The power crosses {result.Target:0.###} at {result.Crossing:0.###}, 95 % interval {result.Lower:0.###} to {result.Upper:0.###}.")
            : $"No answer: {result.Status}.";
        return new Figure
        {
            Name = "power-search",
            Title = isSize ? $"Participants for a power of {FigureText.Percent(result.Target, 0)}: {result.Analysis}" : $"Effect for a power of {FigureText.Percent(result.Target, 0)}: {result.Analysis}",
            Description = FigureText.Invariant($"Power at {result.Tried.Count} values of {(isSize ? "the number of participants" : path)}. {answer}"),
            Note = FigureText.Invariant($"{FigureText.Simulated} {result.Replicates:N0} trials in all, seed {result.Seed}; more of them where the answer is likely to lie."),
            Panels =
            [
                new Panel
                {
                    X = new FigureAxis { Label = isSize ? "Participants" : path, IsLogarithmic = isSize },
                    Y = new FigureAxis { Label = "Power (%)", IsPercentage = true, Minimum = 0, Maximum = 1 },
                    Marks = [.. marks],
                },
            ],
        };

        static IntervalPoint Point(SimulatedPower p)
        {
            (double lower, double upper) = WilsonInterval.Of(p.Rejected, p.Replicates);
            return new IntervalPoint(
                p.Value, p.Power, lower, upper, FigureText.Invariant($"{p.Value:0.###}: {FigureText.Percent(p.Power, p.MonteCarloError, lower, upper)} of {p.Replicates} trials"));
        }
    }

    /// <summary>Power of an analysis by the end of follow-up.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The figure.</returns>
    public static Figure ByWeek(FollowUpResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        FollowUpWeek[] weeks = [.. result.Weeks];
        OperatingCharacteristics best = weeks.First(w => w.Week.Equals(result.BestWeek)).Characteristics;
        return new Figure
        {
            Name = "follow-up",
            Title = $"Power by the end of follow-up: {result.Analysis}",
            Description = FigureText.Invariant(
                $"Power at {weeks.Length} ends of follow-up. Highest at {FigureText.Week(result.BestWeek)}: {FigureText.Power(best)}; from {FigureText.Week(result.LongestUsefulWeek)} on, more follow-up is of no use that these trials could show."),
            Note = FigureText.Invariant(
                $"{FigureText.Simulated} {result.Replicates:N0} trials, seed {result.Seed}, the same participants at every week. Bars and band are 95 % Monte Carlo intervals (Wilson). Longest useful: no later week is better beyond Monte Carlo error."),
            Panels =
            [
                new Panel
                {
                    X = new FigureAxis
                    {
                        Label = "End of follow-up (weeks since randomisation)",
                        Minimum = Math.Max(0, weeks[0].Week - (0.08 * weeks[^1].Week)),
                        Maximum = weeks[^1].Week * 1.03,
                        Ticks = [.. weeks.Select(w => new AxisTick(w.Week, FigureText.Invariant($"{w.Week:0.##}")))],
                    },
                    Y = new FigureAxis { Label = "Power (%)", IsPercentage = true, Minimum = 0, Maximum = 1 },
                    Marks =
                    [
                        new RuleMark { At = result.LongestUsefulWeek, IsVertical = true, Text = "longest useful" },
                        new BandMark { Points = [.. weeks.Select(w => new BandPoint(w.Week, w.Characteristics.Lower, w.Characteristics.Upper))] },
                        new CurveMark { Points = [.. weeks.Select(w => new FigurePoint(w.Week, w.Characteristics.Power))] },
                        new IntervalMark
                        {
                            Points =
                            [
                                .. weeks.Select(w => new IntervalPoint(
                                    w.Week, w.Characteristics.Power, w.Characteristics.Lower, w.Characteristics.Upper,
                                    $"{FigureText.Week(w.Week)}: {FigureText.Power(w.Characteristics)}")),
                            ],
                        },
                    ],
                },
            ],
        };
    }

    /// <summary>Distribution of the estimates of each analysis over simulated trials, with the true value where there is one.</summary>
    /// <param name="sample">The estimates.</param>
    /// <param name="result">A result of the same scenario, for true values and units; none are shown where null.</param>
    /// <returns>The figure: a histogram an analysis.</returns>
    /// <exception cref="ArgumentException">No analysis has two estimates.</exception>
    public static Figure Estimates(EstimateSample sample, PowerResult? result = null)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var panels = new List<Panel>();
        var said = new List<string>();
        foreach (AnalysisEstimates analysis in sample.Analyses)
        {
            double[] values = [.. analysis.Values.Where(double.IsFinite)];
            if (values.Length < 2)
            {
                continue;
            }

            double mean = values.Average();
            string unit = result is null ? "" : EstimateUnits.Of(result.Scenario, analysis.Name);
            double truth = result?.Analyses.FirstOrDefault(a => a.Name == analysis.Name)?.TrueValue.Value ?? double.NaN;
            var marks = new List<Mark> { new TileMark { Tiles = [.. Histogram.Of(values)] } };
            marks.Add(new RuleMark { At = mean, IsVertical = true, Text = "mean" });
            if (double.IsFinite(truth))
            {
                marks.Add(new CurveMark { Series = 1, Label = "true value", Points = [new FigurePoint(truth, 0), new FigurePoint(truth, Histogram.Highest(values))] });
            }

            panels.Add(new Panel
            {
                Title = analysis.Name,
                X = new FigureAxis { Label = unit.Length > 0 ? $"Estimate ({unit})" : "Estimate" },
                Y = new FigureAxis { Label = "Trials", Minimum = 0 },
                Marks = [.. marks],
                Height = 0.5,
            });
            said.Add($"{analysis.Name} mean {TextTable.Number(mean, 3)}" + (double.IsFinite(truth) ? $", true value {TextTable.Number(truth, 3)}" : ""));
        }

        Require.NotEmpty<Panel>([.. panels], nameof(sample));
        return new Figure
        {
            Name = "estimates",
            Title = "Estimates of the simulated trials",
            Description = $"A histogram an analysis. {string.Join("; ", said)}.",
            Note = FigureText.Invariant(
                $"{FigureText.Simulated} The first {sample.Replicates:N0} trials, seed {sample.Seed}. Estimates are active − control. The outermost bars hold what lies beyond them."),
            Columns = Math.Min(2, panels.Count),
            Panels = [.. panels],
        };
    }

    /// <summary>An axis of rows, the first at the top.</summary>
    internal static FigureAxis Categories(IEnumerable<AxisTick> rows, int count) => new()
    {
        Label = "",
        IsCategorical = true,
        Minimum = 0.4,
        Maximum = count + 0.6,
        Ticks = [.. rows],
    };
}
