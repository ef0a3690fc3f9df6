using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Trajectories;

/// <summary>A latent course as a function of the disease age, eight ages at a time.</summary>
internal interface ILaneCourse
{
    /// <summary>Scores, or points lost, at some ages.</summary>
    Vector512<double> At(Vector512<double> age);
}

/// <summary>Fills scores from a course.</summary>
internal static class LaneCourse
{
    internal static void Fill<TCourse>(TCourse course, ReadOnlySpan<double> diseaseMonths, Span<double> scores)
        where TCourse : struct, ILaneCourse
    {
        Require.SameLength(scores.Length, diseaseMonths.Length, nameof(scores), nameof(diseaseMonths));
        int i = 0;
        for (; i <= scores.Length - VectorKernels.Lanes; i += VectorKernels.Lanes)
        {
            VectorKernels.Store(course.At(VectorKernels.Load(diseaseMonths, i)), scores, i);
        }

        if (i < scores.Length)
        {
            VectorKernels.StorePart(course.At(VectorKernels.LoadPart(diseaseMonths[i..])), scores[i..]);
        }
    }
}

/// <summary>Points lost from a baseline, slower in proportion below the attenuation score.</summary>
/// <remarks>dY = −min(1, Y / F) dL, with L what would be lost without attenuation: Y = Y₀ − L down to F and F exp(−(L − L_F) / F)
/// from there, whatever the course of L. Gains (L below 0) are kept in full; F = 0 attenuates nothing.</remarks>
internal readonly struct AttenuatedLoss<TLoss>(double baseline, double attenuationScore, TLoss loss) : ILaneCourse
    where TLoss : struct, ILaneCourse
{
    private readonly double _from = Math.Min(baseline, attenuationScore);
    private readonly double _fromLoss = attenuationScore > 0 ? Math.Max(0, baseline - attenuationScore) : double.PositiveInfinity;

    public Vector512<double> At(Vector512<double> age)
    {
        Vector512<double> lost = loss.At(age);
        Vector512<double> line = Vector512.Create(baseline) - lost;
        Vector512<double> fromLoss = Vector512.Create(_fromLoss);
        if (!Vector512.GreaterThanAny(lost, fromLoss))
        {
            return line;
        }

        Vector512<double> tail = Vector512.Create(_from) * LaneFunctions.Exp((fromLoss - lost) / Vector512.Create(attenuationScore));
        return Vector512.ConditionalSelect(Vector512.GreaterThan(lost, fromLoss), tail, line);
    }
}
