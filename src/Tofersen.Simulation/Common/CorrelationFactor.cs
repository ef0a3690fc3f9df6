namespace Tofersen.Simulation.Common;

/// <summary>Cholesky factor of a correlation matrix.</summary>
internal static class CorrelationFactor
{
    private const double SmallestPivot = 1e-12;

    /// <summary>Lower triangular L with L Lᵀ = R, row by row.</summary>
    /// <param name="matrix">R in full, row by row; n × n.</param>
    /// <param name="n">Rows and columns.</param>
    /// <param name="failedAt">Row at which R proves not to be positive definite; −1 where it is.</param>
    /// <param name="pivot">The pivot there.</param>
    /// <returns>The factor; complete only above row <paramref name="failedAt"/>.</returns>
    internal static double[] Factor(ReadOnlySpan<double> matrix, int n, out int failedAt, out double pivot)
    {
        var factor = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[(i * n) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[(i * n) + k] * factor[(j * n) + k];
                }

                if (i != j)
                {
                    factor[(i * n) + j] = sum / factor[(j * n) + j];
                }
                else if (sum > SmallestPivot)
                {
                    factor[(i * n) + i] = Math.Sqrt(sum);
                }
                else
                {
                    (failedAt, pivot) = (i, sum);
                    return factor;
                }
            }
        }

        (failedAt, pivot) = (-1, 0);
        return factor;
    }
}
