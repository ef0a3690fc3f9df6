using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Trajectories;

/// <summary>Decline whose rate changes evenly: it speeds up, or slows down, by the same amount each month.</summary>
/// <remarks>
/// <para>Model: the rate at disease age A is r + q A, with q ~ Normal(<see cref="AccelerationMean"/>,
/// <see cref="AccelerationSd"/>²) a participant's own, so Y = Y₀ − r A − q A² / 2. A slowing decline stops and stays: the rate does
/// not fall below 0, or below the participant's own where that is negative.</para>
/// <para>Near 0 the loss slows as in <see cref="AttenuatedDecline"/>, dY/dA = −(r + q A) · min(1, Y / F), so that the floor is
/// not crossed. With <see cref="AttenuationScore"/> 0 it is crossed, and the observation clips.</para>
/// <para>Hazards that depend on progression use the rate at randomisation: acceleration reaches them through the score.</para>
/// <para>Source of the shape: trajectories in PRO-ACT accelerate slightly on average with curvature that varies between patients
/// (Muscle Nerve 2018, PMID 29244213). Draws: one normal a participant.</para>
/// </remarks>
public sealed record QuadraticDecline : ITrajectoryModel
{
    /// <summary>Mean acceleration, in points per month per month, from −5 to 5; positive speeds the loss up.</summary>
    public required double AccelerationMean { get; init => field = Require.InRange(value, -5, 5); }

    /// <summary>Standard deviation of the acceleration between participants (normal), in points per month per month, from 0 to
    /// 5.</summary>
    public double AccelerationSd { get; init => field = Require.InRange(value, 0, 5); }

    /// <summary>Score below which the loss slows, in points, from 0 (never) to 48. The default, 12, is the assumption of
    /// <see cref="AttenuatedDecline"/>.</summary>
    public double AttenuationScore { get; init => field = Require.InRange(value, 0, 48); } = 12;

    /// <inheritdoc/>
    public void Fill(in Participant participant, in TrajectoryTimes times, ref TrialRandom random, Span<double> scores)
    {
        double acceleration = AccelerationMean + (AccelerationSd * random.NextNormal());
        var loss = new Loss(participant.DeclinePerMonth, acceleration);
        LaneCourse.Fill(
            new AttenuatedLoss<Loss>(participant.BaselineScore, AttenuationScore, loss), times.DiseaseMonths, scores);
    }

    private readonly struct Loss : ILaneCourse
    {
        private readonly double _rate;
        private readonly double _half;
        private readonly double _lastAge;

        internal Loss(double rate, double acceleration)
        {
            // A rate that would fall below its limit stays there: from the age at which it reaches 0, or from the start.
            bool slows = acceleration < 0;
            _rate = rate;
            _half = slows && rate <= 0 ? 0 : acceleration / 2;
            _lastAge = slows && rate > 0 ? -rate / acceleration : double.PositiveInfinity;
        }

        public Vector512<double> At(Vector512<double> age)
        {
            Vector512<double> until = Vector512.MinNative(age, Vector512.Create(_lastAge));
            return until * (Vector512.Create(_rate) + (until * _half));
        }
    }
}
