using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>What it depends on whether a participant in follow-up misses a visit.</summary>
/// <remarks>logit P(missed) = logit(p₀) + Strength · D, with p₀ the model's probability and D the points lost since baseline: under MAR as
/// recorded at the last visit that was not missed (0 before the first), under MNAR on the latent course at the time of the visit itself.
/// Under MCAR, or with a strength of 0, the probability is p₀, and the visits missed are the same to the bit.</remarks>
public sealed record IntermittentMissingness
{
    /// <summary>What missing a visit depends on.</summary>
    public required MissingnessMechanism Mechanism { get; init => field = Require.Defined(value); }

    /// <summary>Log odds ratio per point lost since baseline, from −1 to 1; positive means that those who lose more miss more.</summary>
    public required double Strength { get; init => field = Require.InRange(value, -1, 1); }
}
