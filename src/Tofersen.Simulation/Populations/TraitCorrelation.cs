using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

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
