using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>How treatment moves a biomarker: to a ratio of the untreated value, after a lag and gradually.</summary>
/// <remarks>ln ratio(t) = (ln Ratio + LogSd · z) · x(t), with z the participant's own and x the response to exposure, which relaxes towards 1
/// with <see cref="HalfTimeWeeks"/> on drug and towards 0 with <see cref="WashoutHalfTimeWeeks"/> off drug, both after the lag: for treatment
/// from the start x = 1 − 2^(−max(0, t − lag)/half-time).</remarks>
public sealed record BiomarkerResponse
{
    /// <summary>Geometric mean of treated over untreated values at full response; above 0, at most 100.</summary>
    public required double Ratio { get; init => field = Require.InRange(value, 1e-6, 100); }

    /// <summary>Standard deviation of the logarithm of that ratio between participants; from 0 to 5.</summary>
    public double LogSd { get; init => field = Require.InRange(value, 0, 5); }

    /// <summary>Weeks from a change of exposure until it begins to act; from 0 to 520.</summary>
    public double LagWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <summary>Weeks in which the response comes half of the way; from 0 (at once) to 520.</summary>
    public double HalfTimeWeeks { get; init => field = Require.InRange(value, 0, 520); }

    /// <summary>Weeks in which the response falls by half after treatment; from 0 (at once) to 520.</summary>
    public double WashoutHalfTimeWeeks { get; init => field = Require.InRange(value, 0, 520); }
}
