using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Trajectories;

/// <summary>Decline that is straight above a score and then slows in proportion to what is left, so that the floor of the
/// scale is approached and never crossed.</summary>
/// <remarks>Model: dY/dA = −rate · min(1, Y / <see cref="AttenuationScore"/>), with A the disease age. In closed form a line
/// down to the attenuation score F, then F · exp(−rate · (A − A_F) / F). A rate below 0 (improvement) is followed in a
/// straight line.</remarks>
public sealed record AttenuatedDecline : ITrajectoryModel
{
    /// <summary>Score below which the loss slows, in points; above 0, at most 48. The default, 12, is an assumption of the
    /// evidence sheet's model.</summary>
    public double AttenuationScore { get; init => field = Require.Above(value, 0, 48); } = 12;

    /// <inheritdoc/>
    public bool DrawsAtRandom => false;

    /// <inheritdoc/>
    public void Fill(in Participant participant, in TrajectoryTimes times, ref TrialRandom random, Span<double> scores)
    {
        double baseline = participant.BaselineScore;
        double rate = participant.DeclinePerMonth;
        double knee = AttenuationScore;
        ReadOnlySpan<double> age = times.DiseaseMonths;
        if (!(rate > 0))
        {
            LinearDecline.FillLine(baseline, rate, age, scores);
            return;
        }

        Require.SameLength(scores.Length, age.Length, nameof(scores), nameof(times));

        double perMonth = rate / knee;
        double kneeAge = (baseline - knee) / rate;
        double from = kneeAge > 0 ? knee : baseline;
        Vector512<double> fromAge = Vector512.Create(Math.Max(kneeAge, 0));
        Vector512<double> start = Vector512.Create(baseline);
        Vector512<double> slope = Vector512.Create(rate);
        int i = 0;
        for (; i <= scores.Length - VectorKernels.Lanes; i += VectorKernels.Lanes)
        {
            Vector512<double> ages = VectorKernels.Load(age, i);
            Vector512<double> line = start - (slope * ages);
            VectorKernels.Store(
                Vector512.GreaterThanAny(ages, fromAge) ? Attenuate(line, ages, fromAge, from, perMonth) : line, scores, i);
        }

        if (i < scores.Length)
        {
            Vector512<double> ages = VectorKernels.LoadPart(age[i..]);
            VectorKernels.StorePart(Attenuate(start - (slope * ages), ages, fromAge, from, perMonth), scores[i..]);
        }
    }

    private static Vector512<double> Attenuate(
        Vector512<double> line, Vector512<double> ages, Vector512<double> fromAge, double from, double perMonth) =>
        Vector512.ConditionalSelect(
            Vector512.GreaterThan(ages, fromAge), Vector512.Create(from) * LaneFunctions.Exp((fromAge - ages) * perMonth), line);
}
