using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Treatments;

/// <summary>What exposure does to the course of the disease. Implement it to bring an effect of your own.</summary>
/// <remarks>Treatment acts in three ways. It slows the disease clock: while the fraction E(t) of the rate is removed, the
/// disease ages by (1 − E(t)) dt, and the natural history is read at the disease age A(t) = ∫(1 − E). It may shift the
/// score by an offset that comes and goes. And it may multiply the hazards of events. Implementations are immutable and safe to use from several threads.</remarks>
public interface ITreatmentEffect
{
    /// <summary>Whether the effect depends on the participant beyond the exposure; where it does not, the engine computes it
    /// once for all participants with the same exposure.</summary>
    bool DependsOnParticipant { get; }

    /// <summary>Computes the effect over time for one exposure.</summary>
    /// <param name="participant">The participant; to be ignored where <see cref="DependsOnParticipant"/> is false.</param>
    /// <param name="exposure">Intervals on drug, in order, not overlapping; empty for none.</param>
    /// <param name="months">Times since randomisation in months, each at least 0, in any order; length T.</param>
    /// <param name="random">The participant's stream for the response to treatment; to be ignored where <see cref="DependsOnParticipant"/> is
    /// false. The same participant is filled again under another arm from the same start of the stream, so draws must not depend on exposure or
    /// times.</param>
    /// <param name="course">Receives the effect at each time; its spans have length T.</param>
    void Fill(
        in Participant participant,
        ReadOnlySpan<ExposureInterval> exposure,
        ReadOnlySpan<double> months,
        ref TrialRandom random,
        in EffectCourse course);
}
