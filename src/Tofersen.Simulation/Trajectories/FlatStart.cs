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
    /// <summary>The trajectory underneath.</summary>
    public required ITrajectoryModel Underlying { get; init => field = Require.NotNull(value); }

    /// <summary>Week in which the gain is complete; above 0, at most 520.</summary>
    public required double FullByWeeks { get; init => field = Require.Above(value, 0, 520); }

    /// <summary>Weeks from then until the gain is gone; above 0, at most 520.</summary>
    public required double GoneAfterWeeks { get; init => field = Require.Above(value, 0, 520); }

    /// <inheritdoc/>
    public void Fill(in Participant participant, TrajectoryTimes times, ref TrialRandom random, Span<double> scores)
    {
        Underlying.Fill(participant, times, ref random, scores);
        double height = participant.FlatStartPoints;
        if (height == 0)
        {
            return;
        }

        double full = StudyTime.MonthsFromWeeks(FullByWeeks);
        double end = full + StudyTime.MonthsFromWeeks(GoneAfterWeeks);
        for (int i = 0; i < scores.Length; i++)
        {
            double t = times.Months[i];
            if (t < end)
            {
                scores[i] += height * Math.Min(t / full, (end - t) / (end - full));
            }
        }
    }
}
