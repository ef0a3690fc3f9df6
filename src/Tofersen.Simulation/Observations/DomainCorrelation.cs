using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>Correlation of the participants' deviations in two domains of the ALSFRS-R.</summary>
public sealed record DomainCorrelation
{
    /// <summary>One domain.</summary>
    public required AlsfrsrDomain First { get; init => field = Require.Defined(value); }

    /// <summary>The other domain.</summary>
    public required AlsfrsrDomain Second { get; init => field = Require.Defined(value); }

    /// <summary>The correlation, from −1 to 1; all correlations together must form a positive definite matrix.</summary>
    public required double Value { get; init => field = Require.InRange(value, -1, 1); }
}
