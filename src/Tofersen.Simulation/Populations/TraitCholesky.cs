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

        var factor = new double[Traits * Traits];
        for (int i = 0; i < Traits; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[(i * Traits) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[(i * Traits) + k] * factor[(j * Traits) + k];
                }

                if (i != j)
                {
                    factor[(i * Traits) + j] = sum / factor[(j * Traits) + j];
                }
                else if (sum > 1e-12)
                {
                    factor[(i * Traits) + i] = Math.Sqrt(sum);
                }
                else
                {
                    throw new ArgumentException(
                        FormattableString.Invariant(
                            $"The correlations of stratum '{stratum.Name}' are not positive definite (pivot {sum} at {(Trait)i}); they must be."),
                        nameof(PopulationModel.Strata));
                }
            }
        }

        return factor;
    }
}
