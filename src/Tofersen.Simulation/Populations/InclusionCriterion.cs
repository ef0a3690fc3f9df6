using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>An inclusion criterion: a trait that must lie in a range. Candidates outside are screen failures.</summary>
public sealed record InclusionCriterion
{
    /// <summary>The trait that is screened.</summary>
    public required Trait Trait { get; init => field = Require.Defined(value); }

    /// <summary>Smallest eligible value, in the trait's unit (points, points per month, pg/mL, years, per cent of predicted, months).</summary>
    public double Minimum { get; init => field = Require.InRange(value, -1e6, 1e6); } = -1e6;

    /// <summary>Largest eligible value, in the trait's unit.</summary>
    public double Maximum { get; init => field = Require.InRange(value, -1e6, 1e6); } = 1e6;
}
