using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>The hazard of stopping the assigned treatment, active or placebo, while staying in the trial.</summary>
/// <remarks>
/// <para>λ(t) = PerWeek · ρ(t)^RateExponent · exp(−ScoreCoefficient · (Y(t) − ReferenceScore)) from randomisation to the planned end of
/// treatment, with ρ and Y as in <see cref="ProgressionHazard"/>; by default the same for everybody at all times. Neither the strata's
/// multiplier of hazards nor an effect of treatment on hazards changes it.</para>
/// <para>Drug ends at once, its effect as fast as the model of treatment says. Whoever has stopped begins no drug later, unless
/// <see cref="RestartsAtSwitch"/>. Each participant stops once at most.</para>
/// <para>Up to the moment of stopping, the course is that of the planned exposure, so the time is drawn from that course without
/// approximation beyond the weekly grid.</para>
/// </remarks>
public sealed record StopTreatmentHazard
{
    /// <summary>Hazard per week, from 0 to 10; where it depends on progression, that of somebody at the reference score who loses 1 point a
    /// month.</summary>
    public required double PerWeek { get; init => field = Require.InRange(value, 0, 10); }

    /// <summary>Power of the current rate, from 0 (the default: no dependence) to 5.</summary>
    public double RateExponent { get; init => field = Require.InRange(value, 0, 5); }

    /// <summary>Fall of the log hazard per ALSFRS-R point, from −1 to 1; 0 by default.</summary>
    public double ScoreCoefficient { get; init => field = Require.InRange(value, -1, 1); }

    /// <summary>Score at which the hazard has its reference value, in points, from 0 to 48.</summary>
    public double ReferenceScore { get; init => field = Require.InRange(value, 0, 48); } = 36;

    /// <summary>Lower limit of the rate in the formula, in points per month; above 0, at most 48.</summary>
    public double RateMinimum { get; init => field = Require.Above(value, 0, 48); } = 0.05;

    /// <summary>Upper limit of the rate in the formula, in points per month; above 0, at most 48.</summary>
    public double RateMaximum { get; init => field = Require.Above(value, 0, 48); } = 6;

    /// <summary>Whether those who stopped before the switch of a delayed-start trial are treated from the switch on, as planned.</summary>
    public bool RestartsAtSwitch { get; init; }

    internal bool DependsOnProgression => RateExponent != 0 || ScoreCoefficient != 0;

    /// <summary>The same hazard as that of an event; the kind stands for nothing.</summary>
    internal EventHazard AsEvent() => DependsOnProgression
        ? new ProgressionHazard
        {
            Kind = EventKind.OtherWithdrawal,
            PerWeek = PerWeek,
            RateExponent = RateExponent,
            ScoreCoefficient = ScoreCoefficient,
            ReferenceScore = ReferenceScore,
            RateMinimum = RateMinimum,
            RateMaximum = RateMaximum,
        }
        : new ConstantHazard { Kind = EventKind.OtherWithdrawal, PerWeek = PerWeek };
}
