using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Trajectories;

/// <summary>Straight-line decline of the ALSFRS-R total, with each participant's own baseline and rate.</summary>
/// <remarks>Model: Y = baseline − rate · A, with A the disease age. Source: the random-slope part of Laird and Ware,
/// Biometrics 38 (1982) 963–974.</remarks>
public sealed record LinearDecline : ITrajectoryModel
{
    /// <inheritdoc/>
    public bool DrawsAtRandom => false;

    /// <inheritdoc/>
    public void Fill(in Participant participant, in TrajectoryTimes times, ref TrialRandom random, Span<double> scores) =>
        FillLine(participant.BaselineScore, participant.DeclinePerMonth, times.DiseaseMonths, scores);

    internal static void FillLine(double baseline, double rate, ReadOnlySpan<double> diseaseMonths, Span<double> scores)
    {
        Require.SameLength(scores.Length, diseaseMonths.Length, nameof(scores), nameof(diseaseMonths));
        Vector512<double> start = Vector512.Create(baseline);
        Vector512<double> slope = Vector512.Create(rate);
        int i = 0;
        for (; i <= scores.Length - VectorKernels.Lanes; i += VectorKernels.Lanes)
        {
            VectorKernels.Store(start - (slope * VectorKernels.Load(diseaseMonths, i)), scores, i);
        }

        if (i < scores.Length)
        {
            VectorKernels.StorePart(start - (slope * VectorKernels.LoadPart(diseaseMonths[i..])), scores[i..]);
        }
    }
}
