using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>A hazard that follows the current rate of decline and the current score.</summary>
/// <remarks>
/// <para>λ(t) = PerWeek · m · ρ(t)^RateExponent · exp(−ScoreCoefficient · (Y(t) − ReferenceScore)), with ρ the participant's
/// current rate in points per month, treatment counted, clipped to [RateMinimum, RateMaximum], Y the latent score and m the
/// participant's multiplier.</para>
/// </remarks>
public sealed record ProgressionHazard : EventHazard
{
    /// <summary>Power of the current rate, from 0 to 5.</summary>
    public required double RateExponent { get; init => field = Require.InRange(value, 0, 5); }

    /// <summary>Fall of the log hazard per ALSFRS-R point, from −1 to 1; positive means that a lower score raises the
    /// hazard.</summary>
    public required double ScoreCoefficient { get; init => field = Require.InRange(value, -1, 1); }

    /// <summary>Score at which the hazard has its reference value, in points, from 0 to 48.</summary>
    public double ReferenceScore { get; init => field = Require.InRange(value, 0, 48); } = 36;

    /// <summary>Lower limit of the rate in the formula, in points per month; above 0, at most 48.</summary>
    public double RateMinimum { get; init => field = Require.Above(value, 0, 48); } = 0.05;

    /// <summary>Upper limit of the rate in the formula, in points per month; above 0, at most 48.</summary>
    public double RateMaximum { get; init => field = Require.Above(value, 0, 48); } = 6;
}
