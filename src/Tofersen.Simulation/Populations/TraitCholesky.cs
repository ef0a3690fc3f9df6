using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>Cholesky factor of a stratum's correlation matrix.</summary>
internal static class TraitCholesky
{
    internal const int Traits = 6;

    /// <summary>Lower triangular L with L Lᵀ = R, row by row, 6 × 6.</summary>
    /// <exception cref="ArgumentException">A pair is named twice or with itself, or R is not positive definite.</exception>
    internal static double[] Factor(Stratum stratum)
    {
        var matrix = new double[Traits * Traits];
        for (int i = 0; i < Traits; i++)
        {
            matrix[(i * Traits) + i] = 1;
        }

        var seen = new HashSet<(Trait, Trait)>();
        foreach (TraitCorrelation correlation in stratum.Correlations)
        {
            (Trait first, Trait second) = (correlation.First, correlation.Second);
            if (first == second || !seen.Add((first, second)) || seen.Contains((second, first)))
            {
                throw new ArgumentException(
                    $"Stratum '{stratum.Name}' correlates {first} with {second} twice or with itself; each pair of different "
                    + "traits may appear once.",
                    nameof(PopulationModel.Strata));
            }

            matrix[((int)first * Traits) + (int)second] = correlation.Value;
            matrix[((int)second * Traits) + (int)first] = correlation.Value;
        }

        double[] factor = CorrelationFactor.Factor(matrix, Traits, out int failedAt, out double pivot);
        return failedAt < 0
            ? factor
            : throw new ArgumentException(
                FormattableString.Invariant(
                    $"The correlations of stratum '{stratum.Name}' are not positive definite (pivot {pivot} at {(Trait)failedAt}); they must be."),
                nameof(PopulationModel.Strata));
    }
}
