using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>Futility bounds that spend the probability of a type II error, at the drift at which the design has power 1 − β.</summary>
/// <remarks>At look k the trial stops for futility at or below the bound at which the probability, under that drift, of stopping for
/// futility by then is the amount spent. The drift is the one at which the bound of the last look meets its critical value. References:
/// Pampallona, Tsiatis and Kim, Drug Information Journal 35 (2001) 1113–1121; Jennison and Turnbull, Group Sequential Methods (2000).</remarks>
public sealed record BetaSpending : FutilityRule
{
    /// <summary>How β is spent.</summary>
    public required SpendingFunction Shape { get; init => field = Require.NotNull(value); }

    /// <summary>β, the probability of a type II error with all looks heeded; from 10⁻⁴ to 0.9, and below 1 − α.</summary>
    public required double Beta { get; init => field = Require.InRange(value, 1e-4, 0.9); }
}
