using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>The continuous traits of a participant that can be correlated and restricted.</summary>
public enum Trait
{
    /// <summary>Latent ALSFRS-R total at randomisation.</summary>
    BaselineScore,

    /// <summary>Natural rate of decline.</summary>
    DeclineRate,

    /// <summary>Rate of decline before randomisation.</summary>
    PreRandomisationSlope,

    /// <summary>Plasma neurofilament light.</summary>
    NeurofilamentLight,

    /// <summary>Age at randomisation.</summary>
    Age,
}

/// <summary>Correlation of two traits on the scale of their normal scores (Gaussian copula).</summary>
/// <remarks>For log-normal traits this is the correlation of the logarithms.</remarks>
public sealed record TraitCorrelation
{
    /// <summary>One trait.</summary>
    public required Trait First { get; init => field = Require.Defined(value); }

    /// <summary>The other trait.</summary>
    public required Trait Second { get; init => field = Require.Defined(value); }

    /// <summary>The correlation, from −1 to 1; all correlations of a stratum together must form a positive definite matrix.</summary>
    public required double Value { get; init => field = Require.InRange(value, -1, 1); }
}

/// <summary>An inclusion criterion: a trait that must lie in a range. Candidates outside are screen failures.</summary>
public sealed record InclusionCriterion
{
    /// <summary>The trait that is screened.</summary>
    public required Trait Trait { get; init => field = Require.Defined(value); }

    /// <summary>Smallest eligible value, in the trait's unit (points, points per month, pg/mL, years).</summary>
    public double Minimum { get; init => field = Require.InRange(value, -1e6, 1e6); } = -1e6;

    /// <summary>Largest eligible value, in the trait's unit.</summary>
    public double Maximum { get; init => field = Require.InRange(value, -1e6, 1e6); } = 1e6;
}
