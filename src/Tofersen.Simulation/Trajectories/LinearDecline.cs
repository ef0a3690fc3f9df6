using System.Numerics;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Trajectories;

/// <summary>Straight-line decline of the ALSFRS-R total, with each participant's own baseline and rate.</summary>
/// <remarks>Model: Y = baseline − rate · A, with A the disease age. Source: the random-slope part of Laird and Ware,
/// Biometrics 38 (1982) 963–974.</remarks>
public sealed record LinearDecline : ITrajectoryModel
{
    /// <inheritdoc/>
    public void Fill(in Participant participant, TrajectoryTimes times, ref TrialRandom random, Span<double> scores) =>
        FillLine(participant.BaselineScore, participant.DeclinePerMonth, times.DiseaseMonths, scores);

    internal static void FillLine(double baseline, double rate, ReadOnlySpan<double> diseaseMonths, Span<double> scores)
    {
        // Multiply and subtract lane by lane: the same bits at any vector width.
        int i = 0;
        var start = new Vector<double>(baseline);
        var slope = new Vector<double>(rate);
        int width = Vector<double>.Count;
        for (; i <= diseaseMonths.Length - width; i += width)
        {
            (start - (slope * new Vector<double>(diseaseMonths[i..]))).CopyTo(scores[i..]);
        }

        for (; i < diseaseMonths.Length; i++)
        {
            scores[i] = baseline - (rate * diseaseMonths[i]);
        }
    }
}
