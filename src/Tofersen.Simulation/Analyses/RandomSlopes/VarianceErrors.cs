using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.RandomSlopes;

/// <summary>Asymptotic covariance of the variances of a random-slope model.</summary>
/// <remarks>
/// <para>−2 log likelihood is g(Δ) + N ln s + R(Δ)/s in the relative covariance Δ and the residual variance s. With s profiled out its
/// Hessian is H, so that Var Δ = 2H⁻¹; and since s = R(Δ)/N at the optimum, s moves with Δ by J = ∂R/N and has 2s²/N of its own.</para>
/// <para>From there to the variances for time as given leads q = s·MΔ, with M for centre C and scale S of time:
/// (Δ₀₀ − 2(C/S)Δ₀₁ + (C/S)²Δ₁₁, Δ₀₁/S − CΔ₁₁/S², Δ₁₁/S²).</para>
/// </remarks>
internal static class VarianceErrors
{
    private const int Order = 4;
    private const int Entries = 3;

    /// <summary>Fills the covariance of the three entries and the residual variance, row by row.</summary>
    /// <returns>False where the information is not positive definite.</returns>
    internal static bool Fill(
        SlopeStatistics data,
        SlopeDerivatives derivatives,
        double residualVariance,
        int effective,
        ReadOnlySpan<double> relative,
        Span<double> covariance)
    {
        Span<double> inner = stackalloc double[Order * Order];
        if (!FillRelative(derivatives, residualVariance, effective, inner))
        {
            return false;
        }

        double share = data.TimeCentre / data.TimeScale;
        double scale = data.TimeScale;
        ReadOnlySpan<double> m =
        [
            1, -2 * share, share * share,
            0, 1 / scale, -share / scale,
            0, 0, 1 / (scale * scale),
        ];
        Span<double> jacobian = stackalloc double[Order * Order];
        jacobian.Clear();
        for (int row = 0; row < Entries; row++)
        {
            for (int k = 0; k < Entries; k++)
            {
                double entry = m[(row * Entries) + k];
                jacobian[(row * Order) + k] = residualVariance * entry;
                jacobian[(row * Order) + Entries] += entry * relative[k];
            }
        }

        jacobian[(Order * Order) - 1] = 1;
        for (int row = 0; row < Order; row++)
        {
            for (int column = 0; column < Order; column++)
            {
                double sum = 0;
                for (int j = 0; j < Order; j++)
                {
                    for (int k = 0; k < Order; k++)
                    {
                        sum += jacobian[(row * Order) + j] * inner[(j * Order) + k] * jacobian[(column * Order) + k];
                    }
                }

                covariance[(row * Order) + column] = sum;
            }
        }

        return true;
    }

    // Covariance of the entries of Δ and the residual variance.
    private static bool FillRelative(SlopeDerivatives derivatives, double residualVariance, int effective, Span<double> covariance)
    {
        int stride = VectorKernels.Padded(Entries);
        double[] h = derivatives.Hessian;
        Span<double> factor = stackalloc double[Entries * stride];
        factor.Clear();
        (factor[0], factor[1], factor[2]) = (h[0], h[1], h[2]);
        (factor[stride + 1], factor[stride + 2], factor[(2 * stride) + 2]) = (h[3], h[4], h[5]);
        if (!SymmetricKernels.Factor(factor, Entries))
        {
            return false;
        }

        Span<double> column = stackalloc double[Entries];
        for (int k = 0; k < Entries; k++)
        {
            column.Clear();
            column[k] = 2;
            SymmetricKernels.SolveTransposed(factor, Entries, column);
            SymmetricKernels.Solve(factor, Entries, column);
            for (int row = 0; row < Entries; row++)
            {
                covariance[(row * Order) + k] = column[row];
            }
        }

        double variance = 2 * residualVariance * residualVariance / effective;
        for (int row = 0; row < Entries; row++)
        {
            double sum = 0;
            for (int k = 0; k < Entries; k++)
            {
                sum += covariance[(row * Order) + k] * derivatives.SquaresGradient[k] / effective;
            }

            covariance[(row * Order) + Entries] = sum;
            covariance[(Entries * Order) + row] = sum;
            variance += sum * derivatives.SquaresGradient[row] / effective;
        }

        covariance[(Order * Order) - 1] = variance;
        return true;
    }
}
