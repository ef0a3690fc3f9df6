using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Trajectories;

/// <summary>A passing gain after randomisation, in every arm, on top of another trajectory: scores lose little at first and
/// catch up later.</summary>
/// <remarks>Stands for regression after screening, learning and placebo response, which published VALOR curves show in both
/// arms. The gain rises in a straight line to the participant's <see cref="Participant.FlatStartPoints"/>, then falls in a
/// straight line to 0. It runs on calendar time and is the same with and without treatment.</remarks>
public sealed record FlatStart : ITrajectoryModel
{
    // Kept in months, which every participant asks for.
    private readonly double _fullMonths;
    private readonly double _fallMonths;

    /// <summary>The trajectory underneath.</summary>
    public required ITrajectoryModel Underlying { get; init => field = Require.NotNull(value); }

    /// <summary>Week in which the gain is complete; above 0, at most 520.</summary>
    public required double FullByWeeks
    {
        get;
        init
        {
            field = Require.Above(value, 0, 520);
            _fullMonths = StudyTime.MonthsFromWeeks(value);
        }
    }

    /// <summary>Weeks from then until the gain is gone; above 0, at most 520.</summary>
    public required double GoneAfterWeeks
    {
        get;
        init
        {
            field = Require.Above(value, 0, 520);
            _fallMonths = StudyTime.MonthsFromWeeks(value);
        }
    }

    /// <inheritdoc/>
    public bool DrawsAtRandom => Underlying.DrawsAtRandom;

    /// <inheritdoc/>
    public void Fill(in Participant participant, in TrajectoryTimes times, ref TrialRandom random, Span<double> scores)
    {
        Underlying.Fill(participant, times, ref random, scores);
        double height = participant.FlatStartPoints;
        if (height == 0)
        {
            return;
        }

        double full = _fullMonths;
        double end = full + _fallMonths;
        Vector512<double> rise = Vector512.Create(height / full);
        Vector512<double> fall = Vector512.Create(height / (end - full));
        Vector512<double> fullBy = Vector512.Create(full);
        Vector512<double> goneBy = Vector512.Create(end);
        ReadOnlySpan<double> months = times.Months;
        int i = 0;
        for (; i <= scores.Length - VectorKernels.Lanes; i += VectorKernels.Lanes)
        {
            Vector512<double> t = VectorKernels.Load(months, i);
            if (Vector512.LessThanAny(t, goneBy))
            {
                VectorKernels.Store(VectorKernels.Load(scores, i) + Gain(t, rise, fall, fullBy, goneBy), scores, i);
            }
        }

        if (i < scores.Length)
        {
            Vector512<double> t = VectorKernels.LoadPart(months[i..]);
            VectorKernels.StorePart(VectorKernels.LoadPart(scores[i..]) + Gain(t, rise, fall, fullBy, goneBy), scores[i..]);
        }
    }

    private static Vector512<double> Gain(
        Vector512<double> t, Vector512<double> rise, Vector512<double> fall, Vector512<double> fullBy, Vector512<double> goneBy) =>
        Vector512.ConditionalSelect(
            Vector512.LessThan(t, fullBy),
            t * rise,
            Vector512.ConditionalSelect(Vector512.LessThan(t, goneBy), (goneBy - t) * fall, Vector512<double>.Zero));
}
