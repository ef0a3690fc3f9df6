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
    public void Fill(in Participant participant, TrajectoryTimes times, ref TrialRandom random, Span<double> scores)
    {
        double baseline = participant.BaselineScore;
        double rate = participant.DeclinePerMonth;
        double knee = AttenuationScore;
        ReadOnlySpan<double> age = times.DiseaseMonths;
        LinearDecline.FillLine(baseline, rate, age, scores);
        if (!(rate > 0))
        {
            return;
        }

        double perMonth = rate / knee;
        double kneeAge = (baseline - knee) / rate;
        double from = kneeAge > 0 ? knee : baseline;
        double fromAge = Math.Max(kneeAge, 0);
        for (int i = 0; i < scores.Length; i++)
        {
            if (age[i] > fromAge)
            {
                scores[i] = from * Math.Exp(-perMonth * (age[i] - fromAge));
            }
        }
    }
}
