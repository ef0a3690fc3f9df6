using Tofersen.Simulation.Designs;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Figures of the course of simulated trials: means by arm, differences between arms, single participants.</summary>
public static class CourseFigures
{
    /// <summary>Mean change from baseline by arm, with the band that holds the mean of an arm in about 95 % of single trials.</summary>
    /// <param name="result">A result with courses.</param>
    /// <param name="endpoint">Name of an endpoint, whose means must have been collected; the ALSFRS-R total where null. Of a logarithmic one the figure shows geometric means as
    /// a percentage of baseline.</param>
    /// <param name="stratum">Name of a stratum; all where null.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">The result holds no courses, or no such endpoint or stratum.</exception>
    public static Figure MeanChange(PowerResult result, string? endpoint = null, string? stratum = null)
    {
        CourseSummary courses = FigureText.Courses(result);
        Outcome outcome = Outcome.Of(courses.Layout, endpoint);
        TrialLayout layout = courses.Layout;
        var last = new List<string>();
        int[] present = [.. Enumerable.Range(0, layout.ArmNames.Count).Where(a => courses.Participants(a, stratum) > 0)];
        foreach (int arm in present)
        {
            last.Add($"{layout.ArmNames[arm]} {outcome.Write(courses.LatentChange(arm, layout.VisitWeeks[^1], stratum, endpoint).Mean)}");
        }

        int[][] panels = Together(present);

        string group = stratum is null ? "" : $", stratum {stratum}";
        return new Figure
        {
            Name = "mean-change" + Suffix(endpoint) + Suffix(stratum),
            Title = outcome.IsRatio ? $"{outcome.Label}: geometric mean, relative to baseline{group}" : $"{outcome.Label}: mean change from baseline{group}",
            Description = $"Lines by arm over {layout.VisitWeeks.Count} visits. At {FigureText.Week(layout.VisitWeeks[^1])}: {FigureText.List(last)}.",
            Note = FigureText.Trials(result) + " Lines with points: everybody, whatever ended follow-up; dotted: those still observed. "
                + "Bands hold the mean of an arm in about 95 % of single trials, had they seen everybody, and in a little more of them where strata are fixed; the Monte Carlo error of the lines is far smaller.",
            Columns = Math.Min(2, panels.Length),
            Panels =
            [
                .. panels.Select(arms => new Panel
                {
                    Title = panels.Length > 1 ? layout.ArmNames[arms[^1]] : "",
                    X = FigureText.Weeks(layout),
                    Y = outcome.ChangeAxis(),
                    Marks = [.. Changes(result, arms, endpoint, stratum, outcome)],
                }),
            ],
        };
    }

    // Everything in one panel, unless there are so many arms that their bands cover each other: then each active arm beside the control.
    private static int[][] Together(int[] arms) => arms.Length <= 3 || arms[0] != TrialDesign.ControlArm
        ? [arms]
        : [.. arms.Where(a => a != TrialDesign.ControlArm).Select(a => (int[])[TrialDesign.ControlArm, a])];

    private static List<Mark> Changes(PowerResult result, int[] arms, string? endpoint, string? stratum, Outcome outcome)
    {
        CourseSummary courses = result.Courses!;
        TrialLayout layout = courses.Layout;
        var marks = new List<Mark>();
        if (Switch(result.Scenario) is { } week)
        {
            marks.Add(new RuleMark { At = week, IsVertical = true, Text = "switch to treatment" });
        }

        foreach (int arm in arms)
        {
            double size = courses.Participants(arm, stratum) / (double)courses.Replicates;
            marks.Add(new BandMark { Series = arm, Points = [.. layout.VisitWeeks.Select(w => Band(courses, arm, w, stratum, endpoint, size, outcome))] });
        }

        foreach (int arm in arms)
        {
            marks.Add(new CurveMark
            {
                Series = arm,
                Label = layout.ArmNames[arm],
                HasPoints = true,
                Points = [.. layout.VisitWeeks.Select(w => new FigurePoint(w, outcome.Show(courses.LatentChange(arm, w, stratum, endpoint).Mean)))],
            });
            marks.Add(new CurveMark
            {
                Series = arm,
                Label = layout.ArmNames[arm] + ", still observed",
                Emphasis = Emphasis.Secondary,
                Points = [.. layout.VisitWeeks.Select(w => new FigurePoint(w, outcome.Show(courses.ObservedChange(arm, w, stratum, endpoint).Mean)))],
            });
        }

        return marks;
    }

    /// <summary>Difference in mean change between each active arm and the control over time: early − delayed start in a delayed-start trial.</summary>
    /// <param name="result">A result with courses.</param>
    /// <param name="endpoint">Name of an endpoint; the ALSFRS-R total where null. Of a logarithmic one the figure shows ratios.</param>
    /// <returns>The figure, with the band that holds the difference in about 95 % of single trials.</returns>
    /// <exception cref="ArgumentException">The result holds no courses, only one arm has participants, or there is no such endpoint.</exception>
    public static Figure Gap(PowerResult result, string? endpoint = null)
    {
        CourseSummary courses = FigureText.Courses(result);
        Outcome outcome = Outcome.Of(courses.Layout, endpoint);
        TrialLayout layout = courses.Layout;
        int[] active = [.. Enumerable.Range(1, layout.ArmNames.Count - 1).Where(a => courses.Participants(a) > 0)];
        if (active.Length == 0 || courses.Participants(TrialDesign.ControlArm) == 0)
        {
            throw new ArgumentException("Only one arm has participants; there is no difference to show.", nameof(result));
        }

        string control = layout.ArmNames[TrialDesign.ControlArm];
        var last = new List<string>();
        foreach (int arm in active)
        {
            BandPoint end = GapAt(courses, arm, layout.VisitWeeks[^1], endpoint);
            last.Add($"{GapName(layout, arm, outcome)} {outcome.Write(Mean(courses, arm, layout.VisitWeeks[^1], endpoint))} ({outcome.Write(end.Lower)} to {outcome.Write(end.Upper)} in about 95 % of single trials)");
        }

        // Bands of many arms cover each other.
        int[][] panels = active.Length <= 2 ? [active] : [.. active.Select(a => (int[])[a])];

        return new Figure
        {
            Name = "gap" + Suffix(endpoint),
            Title = $"{outcome.Label}: {(result.Scenario.Design is DelayedStart ? "early against delayed start" : $"difference from {control}")}",
            Description = $"The difference over {layout.VisitWeeks.Count} visits. At {FigureText.Week(layout.VisitWeeks[^1])}: {FigureText.List(last)}.",
            Note = FigureText.Trials(result) + (outcome.IsRatio ? " Lines: ratio of geometric means" : " Lines: difference in mean change")
                + " of everybody, whatever ended follow-up, over all trials. Bands hold it in about 95 % of single trials, had they seen everybody.",
            Columns = Math.Min(2, panels.Length),
            Panels =
            [
                .. panels.Select(arms => new Panel
                {
                    Title = panels.Length > 1 ? layout.ArmNames[arms[0]] : "",
                    X = FigureText.Weeks(layout),
                    Y = outcome.DifferenceAxis(),
                    Marks = [.. Gaps(result, arms, endpoint, outcome)],
                }),
            ],
        };
    }

    private static List<Mark> Gaps(PowerResult result, int[] arms, string? endpoint, Outcome outcome)
    {
        CourseSummary courses = result.Courses!;
        TrialLayout layout = courses.Layout;
        var marks = new List<Mark> { new RuleMark { At = outcome.IsRatio ? 1 : 0 } };
        if (Switch(result.Scenario) is { } week)
        {
            marks.Add(new RuleMark { At = week, IsVertical = true, Text = "switch to treatment" });
        }

        foreach (int arm in arms)
        {
            BandPoint[] gaps = [.. layout.VisitWeeks.Select(w => GapAt(courses, arm, w, endpoint))];
            marks.Add(new BandMark { Series = arm, Points = [.. gaps.Select(g => new BandPoint(g.X, outcome.Show(g.Lower), outcome.Show(g.Upper)))] });
        }

        foreach (int arm in arms)
        {
            marks.Add(new CurveMark
            {
                Series = arm,
                Label = GapName(layout, arm, outcome),
                HasPoints = true,
                Points = [.. layout.VisitWeeks.Select(w => new FigurePoint(w, outcome.Show(Mean(courses, arm, w, endpoint))))],
            });
        }

        return marks;
    }

    private static string GapName(TrialLayout layout, int arm, Outcome outcome) =>
        $"{layout.ArmNames[arm]} {(outcome.IsRatio ? "over" : "−")} {layout.ArmNames[TrialDesign.ControlArm]}";

    /// <summary>Recorded scores of single participants of one simulated trial, a panel an arm.</summary>
    /// <param name="data">The trial.</param>
    /// <param name="count">Number of participants shown of each arm, the first ones by number; from 1 to 1,000.</param>
    /// <returns>The figure: changes from baseline where observed.</returns>
    public static Figure Individuals(TrialData data, int count = 24)
    {
        ArgumentNullException.ThrowIfNull(data);
        Common.Require.InRange(count, 1, 1_000, nameof(count));
        TrialLayout layout = data.Layout;
        Outcome outcome = Outcome.Of(layout, endpoint: null);
        var panels = new List<Panel>();
        double lowest = 0;
        double highest = 0;
        for (int arm = 0; arm < layout.ArmNames.Count; arm++)
        {
            var marks = new List<Mark>();
            for (int p = 0; p < data.Participants && marks.Count < count; p++)
            {
                if (data.Arms[p] == arm)
                {
                    FigurePoint[] points = [.. Changes(data, p)];
                    lowest = points.Where(q => double.IsFinite(q.Y)).Select(q => q.Y).Append(lowest).Min();
                    highest = points.Where(q => double.IsFinite(q.Y)).Select(q => q.Y).Append(highest).Max();
                    marks.Add(new CurveMark { Series = arm, Emphasis = Emphasis.Faint, Points = [.. points] });
                }
            }

            if (marks.Count > 0)
            {
                string shown = FigureText.Invariant($"{layout.ArmNames[arm]} ({marks.Count} of {data.Arms.Count((byte)arm)})");
                panels.Add(new Panel { Title = shown, X = FigureText.Weeks(layout), Y = outcome.ChangeAxis(), Marks = [.. marks], Height = 0.8 });
            }
        }

        return new Figure
        {
            Name = "individuals",
            Title = "Single participants of one simulated trial",
            Description = FigureText.Invariant(
                $"A line a participant: change of the ALSFRS-R from baseline as recorded, by arm; changes lie between {lowest:0} and {highest:+0;−0;0} points."),
            Note = FigureText.Simulated + " One trial. Lines end where follow-up does.",
            Columns = Math.Clamp(panels.Count, 1, 2),
            Panels = [.. panels.Select(p => p with { Y = p.Y with { Minimum = lowest - 1, Maximum = highest + 1 } })],
        };
    }

    /// <summary>When those in the control arm of a delayed-start trial switch, in weeks.</summary>
    internal static double? Switch(Scenario scenario) => scenario.Design is DelayedStart delayed ? delayed.SwitchWeeks : null;

    /// <summary>A name as a part of a file's name.</summary>
    internal static string Suffix(string? name) => name is null
        ? ""
        : "-" + string.Concat(name.ToLowerInvariant().Select(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') ? c : '-'));

    private static IEnumerable<FigurePoint> Changes(TrialData data, int participant)
    {
        for (int v = 0; v < data.Visits; v++)
        {
            int at = (participant * data.Visits) + v;
            if (data.Observed[at])
            {
                yield return new FigurePoint(
                    Common.StudyTime.WeeksFromMonths(data.VisitMonths[at]), data.Scores[at] - data.Scores[participant * data.Visits]);
            }
        }
    }

    // Round the latent mean, which is what the tables have; the spread is that of scores as they would be recorded.
    private static BandPoint Band(CourseSummary courses, int arm, double week, string? stratum, string? endpoint, double participants, Outcome outcome)
    {
        double mean = courses.LatentChange(arm, week, stratum, endpoint).Mean;
        double half = FigureText.Limit * courses.CompleteChange(arm, week, stratum, endpoint).StandardDeviation / Math.Sqrt(participants);
        return new BandPoint(week, outcome.Show(mean - half), outcome.Show(mean + half));
    }

    private static double Mean(CourseSummary courses, int arm, double week, string? endpoint) =>
        courses.LatentChange(arm, week, stratum: null, endpoint).Mean - courses.LatentChange(TrialDesign.ControlArm, week, stratum: null, endpoint).Mean;

    private static BandPoint GapAt(CourseSummary courses, int arm, double week, string? endpoint)
    {
        SampleSummary active = courses.CompleteChange(arm, week, stratum: null, endpoint);
        SampleSummary control = courses.CompleteChange(TrialDesign.ControlArm, week, stratum: null, endpoint);
        double half = FigureText.Limit * Math.Sqrt(courses.Replicates * (Squared(active) + Squared(control)));
        double mean = Mean(courses, arm, week, endpoint);
        return new BandPoint(week, mean - half, mean + half);

        static double Squared(SampleSummary s) => s.MonteCarloError * s.MonteCarloError;
    }
}
