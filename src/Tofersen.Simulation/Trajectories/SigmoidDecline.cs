using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Trajectories;

/// <summary>The D50 sigmoid: slow loss at first, fastest at 24 points, slow again near the floor; never outside 0–48.</summary>
/// <remarks>
/// <para>Model: Y(t) = 48 / (1 + exp((t − D50) / dx)), t in months from onset. Score and rate at randomisation fix both parameters:
/// the slope at a score Y is −Y (48 − Y) / (48 dx), so dx = Y₀ (48 − Y₀) / (48 r) and D50 = m + dx · ln(Y₀ / (48 − Y₀)), with Y₀ the
/// participant's baseline score, r the rate of decline and m the months since onset. In disease age A,
/// Y = 48 / (1 + (48 − Y₀) / Y₀ · exp(A / dx)); the course after randomisation does not depend on m.</para>
/// <para>Near the ends of the scale a moderate rate would make dx tiny and the later loss absurd: dx is at least
/// <see cref="ShapeMinimumMonths"/>, and where that holds the rate at randomisation is lower than the participant's. A baseline
/// outside 0.5–47.5 is taken as 0.5 or 47.5, which is written down alike. A rate below 0 climbs towards 48.</para>
/// <para>Source: the D50 model of the Jena group, formula as remembered and not checked against the papers.</para>
/// </remarks>
public sealed record SigmoidDecline : ITrajectoryModel
{
    private const double Full = 48;
    private const double EdgePoints = 0.5;

    /// <summary>Smallest dx, in months, from 0.1 to 120. The default, 2, lets nobody lose more than 6 points a month, the largest
    /// rate of the default hazards: an assumption.</summary>
    public double ShapeMinimumMonths { get; init => field = Require.InRange(value, 0.1, 120); } = 2;

    /// <summary>The parameters of a participant's curve.</summary>
    /// <param name="participant">The participant.</param>
    /// <returns>D50 and dx; without decline dx is infinite and D50 infinite or undefined.</returns>
    public SigmoidShape Shape(in Participant participant)
    {
        double score = Inside(participant.BaselineScore);
        double dx = 1 / PerMonth(score, participant.DeclinePerMonth);
        return new SigmoidShape(participant.MonthsSinceOnset + (dx * Math.Log(score / (Full - score))), dx);
    }

    /// <inheritdoc/>
    public bool DrawsAtRandom => false;

    /// <inheritdoc/>
    public void Fill(in Participant participant, in TrajectoryTimes times, ref TrialRandom random, Span<double> scores)
    {
        double score = Inside(participant.BaselineScore);
        LaneCourse.Fill(
            new Course((Full - score) / score, PerMonth(score, participant.DeclinePerMonth)), times.DiseaseMonths, scores);
    }

    private static double Inside(double score) => Math.Clamp(score, EdgePoints, Full - EdgePoints);

    // 1 / dx, which is 0 without decline.
    private double PerMonth(double score, double rate) =>
        Math.Clamp(Full * rate / (score * (Full - score)), -1 / ShapeMinimumMonths, 1 / ShapeMinimumMonths);

    private readonly struct Course(double odds, double perMonth) : ILaneCourse
    {
        public Vector512<double> At(Vector512<double> age) =>
            Vector512.Create(Full) / (Vector512<double>.One + (Vector512.Create(odds) * LaneFunctions.Exp(age * perMonth)));
    }
}
