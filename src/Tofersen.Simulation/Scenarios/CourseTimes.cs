using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Scenarios;

/// <summary>The times at which each participant's latent course is computed: a weekly grid for hazards, jittered visits and onset
/// where they are in use, then the scheduled visits that are not on it.</summary>
internal sealed class CourseTimes
{
    internal const double StepWeeks = 1;

    private readonly double _stepMonths = StudyTime.MonthsFromWeeks(StepWeeks);

    internal CourseTimes(TrialDesign design, ObservationModel observation)
    {
        var weeks = new List<double>();
        if (design is PresymptomaticTrial || observation.NeedsGrid)
        {
            // Visits at the end may take place after the last scheduled one.
            double end = design.EndWeeks + (observation.VisitJitterSdDays > 0 ? observation.VisitWindowDays / 7 : 0);
            for (int g = 0; g <= (int)Math.Ceiling(end / StepWeeks); g++)
            {
                weeks.Add(g * StepWeeks);
            }
        }

        GridPoints = weeks.Count;
        VisitIndex = new int[design.VisitWeeks.Count];
        for (int v = 0; v < VisitIndex.Length; v++)
        {
            double week = design.VisitWeeks[v];
            int onGrid = (int)Math.Round(week / StepWeeks);
            if (onGrid < GridPoints && weeks[onGrid] == week)
            {
                VisitIndex[v] = onGrid;
            }
            else
            {
                VisitIndex[v] = weeks.Count;
                weeks.Add(week);
            }
        }

        while (weeks.Count % VectorKernels.Lanes != 0)
        {
            weeks.Add(weeks[^1]);
        }

        Months = [.. weeks.Select(StudyTime.MonthsFromWeeks)];
        VisitMonths = [.. design.VisitWeeks.Select(StudyTime.MonthsFromWeeks)];
    }

    /// <summary>All times in months; padded at the end to a multiple of the vector lanes.</summary>
    internal double[] Months { get; }

    /// <summary>How many of the times, from the first, are the grid.</summary>
    internal int GridPoints { get; }

    /// <summary>Where each scheduled visit stands in <see cref="Months"/>.</summary>
    internal int[] VisitIndex { get; }

    /// <summary>The scheduled visits in months.</summary>
    internal double[] VisitMonths { get; }

    /// <summary>Reads a course at the scheduled visits.</summary>
    internal void ReadScheduled(ReadOnlySpan<double> course, Span<double> target)
    {
        for (int v = 0; v < target.Length; v++)
        {
            target[v] = course[VisitIndex[v]];
        }
    }

    /// <summary>Reads a course at any time, in straight pieces on the grid.</summary>
    internal double Interpolate(ReadOnlySpan<double> course, double months)
    {
        double position = Math.Max(months, 0) / _stepMonths;
        int g = Math.Min((int)position, GridPoints - 2);
        return course[g] + ((position - g) * (course[g + 1] - course[g]));
    }
}
