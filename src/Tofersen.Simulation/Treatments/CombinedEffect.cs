using Tofersen.Simulation.Common;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Treatments;

/// <summary>A mixture: one effect on the rate of decline together with an offset of the score.</summary>
/// <remarks>The disease age comes from <see cref="OnRate"/>, the offset is the sum of both, and the
/// hazards of events are multiplied by the ratios of both. Biomarkers follow <see cref="OnRate"/>.</remarks>
public sealed record CombinedEffect : ITreatmentEffect
{
    private const int StackLimit = 1024;

    /// <summary>The effect whose disease age is used.</summary>
    public required ITreatmentEffect OnRate { get; init => field = Require.NotNull(value); }

    /// <summary>The effect whose offset is added; its own disease age is ignored.</summary>
    public required ITreatmentEffect OnScore { get; init => field = Require.NotNull(value); }

    /// <inheritdoc/>
    public bool DependsOnParticipant => OnRate.DependsOnParticipant || OnScore.DependsOnParticipant;

    /// <inheritdoc/>
    public void Fill(
        in Participant participant,
        ReadOnlySpan<ExposureInterval> exposure,
        ReadOnlySpan<double> months,
        ref TrialRandom random,
        in EffectCourse course)
    {
        Span<double> offset = months.Length <= StackLimit ? stackalloc double[months.Length] : new double[months.Length];
        TrialRandom forScore = random.Fork();
        OnScore.Fill(participant, exposure, months, ref forScore, course.OfOnePart());
        course.ScoreOffset.CopyTo(offset);
        course.LogSod1Ratio.Clear();
        course.LogNeurofilamentRatio.Clear();
        OnRate.Fill(participant, exposure, months, ref random, course.OfOnePart());
        for (int i = 0; i < offset.Length; i++)
        {
            course.ScoreOffset[i] += offset[i];
        }
    }
}
