using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.MonteCarlo;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Figures of times to events.</summary>
public static class SurvivalFigures
{
    /// <summary>Kaplan–Meier curves of one simulated trial with numbers at risk, and the average over many trials beside them.</summary>
    /// <param name="data">The trial.</param>
    /// <param name="kinds">What the event is: ends of follow-up, and clinically manifest disease. Other ends censor.</param>
    /// <param name="averages">Courses of many trials of the same scenario, drawn as dotted lines; none where null, or where manifest disease is an event.</param>
    /// <returns>The figure, in weeks since randomisation, with pointwise 95 % limits.</returns>
    /// <exception cref="ArgumentException">No arm has participants, or no kind is given.</exception>
    public static Figure KaplanMeier(TrialData data, ValueList<EventKind> kinds, CourseSummary? averages = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Require.NotEmpty(kinds, nameof(kinds));
        TrialLayout layout = data.Layout;
        FigureAxis weeks = FigureText.Weeks(layout);
        var bands = new List<Mark>();
        var curves = new List<Mark>();
        var rows = new List<NumberRow>();
        var said = new List<string>();
        // Limits of many arms cover each other.
        bool hasLimits = layout.ArmNames.Count <= 3;
        for (int arm = 0; arm < layout.ArmNames.Count; arm++)
        {
            (double[] times, bool[] events) = Times(data, arm, kinds);
            if (times.Length == 0)
            {
                continue;
            }

            SurvivalCurve curve = Analyses.KaplanMeier.Estimate(times, events);
            SurvivalPoint[] steps = [.. curve.Points.Where(p => p.Events > 0)];

            // No further than anybody was at risk.
            double end = Math.Min(layout.VisitWeeks[^1], StudyTime.WeeksFromMonths(times.Max()));
            if (hasLimits)
            {
                bands.Add(new BandMark { Series = arm, IsStep = true, Points = [.. Limits(steps, end)] });
            }

            if (averages is not null && !kinds.Contains(EventKind.Phenoconversion))
            {
                curves.Add(new CurveMark { Series = arm, Emphasis = Emphasis.Secondary, Points = [.. Average(averages, arm, kinds)] });
            }

            double last = steps.Length > 0 ? steps[^1].Survival : 1;
            curves.Add(new CurveMark
            {
                Series = arm,
                Label = layout.ArmNames[arm],
                IsStep = true,
                Points = [new FigurePoint(0, 1), .. steps.Select(s => new FigurePoint(StudyTime.WeeksFromMonths(s.Time), s.Survival)), new FigurePoint(end, last)],
            });
            rows.Add(new NumberRow(layout.ArmNames[arm], arm, [.. weeks.Ticks.Select(t => new AxisTick(t.Value, AtRisk(times, t.Value)))]));
            said.Add(FigureText.Invariant(
                $"{layout.ArmNames[arm]} {FigureText.Percent(last)} free of the event at {FigureText.Week(end)} after {curve.Points.Sum(p => p.Events)} events"));
        }

        if (curves.Count == 0)
        {
            throw new ArgumentException("No arm has participants.", nameof(data));
        }

        string name = FigureText.List(kinds.Select(Describe));
        return new Figure
        {
            Name = "kaplan-meier",
            Title = $"Free of {name.Replace(" and ", " or ", StringComparison.Ordinal)}: one simulated trial",
            Description = $"Kaplan–Meier curves by arm, with numbers at risk below. {string.Join("; ", said)}.",
            Note = FigureText.Simulated + (hasLimits ? " Kaplan–Meier estimates of one trial with pointwise 95 % limits (log-log)" : " Kaplan–Meier estimates of one trial")
                + (curves.All(c => c.Label.Length > 0) ? "." : FigureText.Invariant($"; dotted: the average over {averages!.Replicates:N0} trials. The vertical axis need not begin at 0.")),
            Panels =
            [
                new Panel
                {
                    X = weeks,
                    Y = new FigureAxis { Label = "Free of the event (%)", IsPercentage = true, Maximum = 1.005, Minimum = Lowest(bands, curves) },
                    Marks = [.. bands, .. curves],
                    Rows = [.. rows],
                    RowsTitle = "Number at risk",
                },
            ],
        };
    }

    private static string Describe(EventKind kind) => kind switch
    {
        EventKind.Death => "death",
        EventKind.PermanentVentilation => "permanent ventilation",
        EventKind.WithdrawalForProgression => "withdrawal for progression",
        EventKind.OtherWithdrawal => "other withdrawal",
        EventKind.ExtensionNotEntered => "leaving before the extension",
        EventKind.Phenoconversion => "clinically manifest disease",
        EventKind.Completed => "completion",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Is no kind of event."),
    };

    // Times in months to the first of the events, or to the end of follow-up.
    private static (double[] Times, bool[] Events) Times(TrialData data, int arm, ValueList<EventKind> kinds)
    {
        int[] participants = [.. Enumerable.Range(0, data.Participants).Where(p => data.Arms[p] == arm)];
        bool counts = kinds.Contains(EventKind.Phenoconversion);
        bool[] converted = [.. participants.Select(p => counts && double.IsFinite(data.PhenoconversionMonths[p]))];
        return (
            [.. participants.Select((p, i) => converted[i] ? data.PhenoconversionMonths[p] : data.FollowUpMonths[p])],
            [.. participants.Select((p, i) => converted[i] || kinds.Contains(data.FollowUpEnds[p]))]);
    }

    private static string AtRisk(double[] times, double week) =>
        FigureText.Invariant($"{times.Count(t => StudyTime.WeeksFromMonths(t) >= week - 1e-9)}");

    private static IEnumerable<BandPoint> Limits(SurvivalPoint[] steps, double end)
    {
        foreach (SurvivalPoint step in steps)
        {
            yield return new BandPoint(StudyTime.WeeksFromMonths(step.Time), step.Lower, step.Upper);
        }

        if (steps.Length > 0)
        {
            yield return new BandPoint(end, steps[^1].Lower, steps[^1].Upper);
        }
    }

    private static IEnumerable<FigurePoint> Average(CourseSummary courses, int arm, ValueList<EventKind> kinds)
    {
        int last = (int)Math.Floor(courses.Layout.VisitWeeks[^1] + 1e-9);
        int step = Math.Max(1, last / 52);
        for (int week = 0; week <= last; week += step)
        {
            yield return new FigurePoint(week, courses.EventFree(arm, week, kinds).Value);
        }
    }

    // A round share below everything that is drawn, so that rare events are seen.
    private static double Lowest(IEnumerable<Mark> bands, IEnumerable<Mark> curves)
    {
        double lowest = bands.OfType<BandMark>().SelectMany(b => b.Points).Select(p => p.Lower)
            .Concat(curves.OfType<CurveMark>().SelectMany(c => c.Points).Select(p => p.Y)).Where(double.IsFinite).DefaultIfEmpty(0.9).Min();
        return Math.Max(0, (Math.Ceiling(lowest * 10) - 1) / 10);
    }
}
