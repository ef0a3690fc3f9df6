using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>The hazard of one kind of event that ends follow-up. Several compete; the first to happen counts.</summary>
public abstract record EventHazard
{
    private protected EventHazard()
    {
    }

    /// <summary>What happens: any kind from <see cref="EventKind.Death"/> to <see cref="EventKind.OtherWithdrawal"/>.</summary>
    public required EventKind Kind { get; init => field = CheckedKind(value); }

    /// <summary>Hazard per week, from 0 to 10; where the hazard depends on progression, that of somebody at the reference score
    /// who loses 1 point a month; where dropout depends on the score, that of somebody who has lost none.</summary>
    public required double PerWeek { get; init => field = Require.InRange(value, 0, 10); }

    private protected virtual EventKind CheckedKind(EventKind value) =>
        value is >= EventKind.Death and <= EventKind.OtherWithdrawal
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Kind), value, "Must be Death, PermanentVentilation, WithdrawalForProgression or OtherWithdrawal.");
}
