using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Trajectories;

/// <summary>Two straight pieces: the participant's rate up to a change point, a multiple of it afterwards.</summary>
/// <remarks>
/// <para>Model: points lost at disease age A are r · (min(A, c) + <see cref="RateFactor"/> · max(0, A − c)), with the change point c
/// the same for all, or log-normal between participants with mean <see cref="ChangeMonths"/> and SD
/// <see cref="ChangeSdMonths"/>.</para>
/// <para>Near 0 the loss slows as in <see cref="AttenuatedDecline"/>; with <see cref="AttenuationScore"/> 0 the floor is crossed,
/// and the observation clips.</para>
/// <para>Hazards that depend on progression use the rate at randomisation: the change reaches them through the score.</para>
/// <para>Draws: one normal a participant, used or not.</para>
/// </remarks>
public sealed record BrokenStickDecline : ITrajectoryModel
{
    private const double LeastChangeMonths = 0.01;

    /// <summary>Mean disease age at which the rate changes, in months since randomisation, from 0.01 to 480.</summary>
    public required double ChangeMonths { get; init => field = Require.InRange(value, LeastChangeMonths, 480); }

    /// <summary>Standard deviation of the change point between participants, in months, from 0 (the same for all) to 480.</summary>
    public double ChangeSdMonths { get; init => field = Require.InRange(value, 0, 480); }

    /// <summary>Factor on the rate after the change point, from 0 (the loss stops) to 20.</summary>
    public required double RateFactor { get; init => field = Require.InRange(value, 0, 20); }

    /// <summary>Score below which the loss slows, in points, from 0 (never) to 48. The default, 12, is the assumption of
    /// <see cref="AttenuatedDecline"/>.</summary>
    public double AttenuationScore { get; init => field = Require.InRange(value, 0, 48); } = 12;

    /// <inheritdoc/>
    public void Fill(in Participant participant, in TrajectoryTimes times, ref TrialRandom random, Span<double> scores)
    {
        double z = random.NextNormal();
        double change = ChangeMonths;
        if (ChangeSdMonths > 0)
        {
            double ratio = ChangeSdMonths / change;
            double variance = Math.Log(1 + (ratio * ratio));
            change *= Math.Exp((Math.Sqrt(variance) * z) - (variance / 2));
        }

        var loss = new Loss(participant.DeclinePerMonth, change, RateFactor);
        LaneCourse.Fill(
            new AttenuatedLoss<Loss>(participant.BaselineScore, AttenuationScore, loss), times.DiseaseMonths, scores);
    }

    private readonly struct Loss(double rate, double change, double factor) : ILaneCourse
    {
        public Vector512<double> At(Vector512<double> age)
        {
            Vector512<double> before = Vector512.MinNative(age, Vector512.Create(change));
            return Vector512.Create(rate) * (before + ((age - before) * factor));
        }
    }
}
