using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>A hazard of leaving the trial whose dependence on the score has a named mechanism.</summary>
/// <remarks>
/// <para>λ(t) = PerWeek · exp(Strength · D(t)), with D the points lost since baseline. Under MAR D is the loss as it was last recorded: it stays
/// the same from one observed visit to the next, and is 0 until the first. Under MNAR D(t) = Y(0) − Y(t) is the latent loss at the time. Under
/// MCAR, or with a strength of 0, λ(t) = PerWeek, and the times are those of a <see cref="ConstantHazard"/> to the bit.</para>
/// <para>Under MAR the hazard is a function of the recorded scores alone, so that the scores that somebody would have had afterwards are, given
/// those seen, independent of whether they left: a likelihood-based analysis of the observed scores may ignore the dropout. That holds
/// as long as no other event depends on the latent course.</para>
/// <para>Neither the strata's multiplier of hazards nor an effect of treatment on hazards changes it. The exponent is cut off at 700.</para>
/// </remarks>
public sealed record DropoutHazard : EventHazard
{
    /// <summary>What the hazard depends on.</summary>
    public required MissingnessMechanism Mechanism { get; init => field = Require.Defined(value); }

    /// <summary>Log hazard ratio per point lost since baseline, from −1 to 1; positive means that those who lose more leave earlier.</summary>
    public required double Strength { get; init => field = Require.InRange(value, -1, 1); }

    internal bool DependsOnRecords => Mechanism == MissingnessMechanism.Mar && Strength != 0;

    internal bool DependsOnLatent => Mechanism == MissingnessMechanism.Mnar && Strength != 0;

    private protected override EventKind CheckedKind(EventKind value) =>
        value is EventKind.WithdrawalForProgression or EventKind.OtherWithdrawal
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Kind), value, "Must be WithdrawalForProgression or OtherWithdrawal.");
}
