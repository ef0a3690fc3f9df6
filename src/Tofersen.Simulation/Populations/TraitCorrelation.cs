using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>Correlation of two traits on the scale of their normal scores (Gaussian copula).</summary>
/// <remarks>For log-normal traits this is the correlation of the logarithms.</remarks>
public sealed record TraitCorrelation
{
    /// <summary>One trait.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The trait follows from others and has no correlation of its own.</exception>
    public required Trait First { get; init => field = Drawn(value, nameof(First)); }

    /// <summary>The other trait.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The trait follows from others and has no correlation of its own.</exception>
    public required Trait Second { get; init => field = Drawn(value, nameof(Second)); }

    /// <summary>The correlation, from −1 to 1; all correlations of a stratum together must form a positive definite matrix.</summary>
    public required double Value { get; init => field = Require.InRange(value, -1, 1); }

    private static Trait Drawn(Trait trait, string name) =>
        trait is >= Trait.BaselineScore and <= Trait.SlowVitalCapacity
            ? trait
            : throw new ArgumentOutOfRangeException(
                name, trait, $"Must be one of {string.Join(", ", Enum.GetNames<Trait>().Take(TraitCholesky.Traits))}.");
}
