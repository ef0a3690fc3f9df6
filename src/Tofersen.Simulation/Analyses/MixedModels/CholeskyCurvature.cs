using MathNet.Numerics.LinearAlgebra;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>Second derivatives of an unstructured covariance in the parameters of its Cholesky factor, weighted by their covariance.
/// </summary>
/// <remarks>Σ = D L Lᵀ D with L unit lower triangular and D the exponentials of θ: the parametrisation of R's mmrm, on which its full
/// Kenward–Roger adjustment depends. In the entries of Σ themselves the second derivatives are zero.</remarks>
internal static class CholeskyCurvature
{
    /// <summary>ΣΣ W_kl ∂²Σ/∂θ_k∂θ_l, padded rows.</summary>
    /// <param name="sigma">Σ, padded.</param>
    /// <param name="visits">Rows of Σ.</param>
    /// <param name="entryCovariance">Covariance of the entries of Σ̂, padded.</param>
    internal static double[] Sum(ReadOnlySpan<double> sigma, int visits, ReadOnlySpan<double> entryCovariance)
    {
        int stride = VectorKernels.Padded(visits);
        int entries = visits * (visits + 1) / 2;
        int entryStride = VectorKernels.Padded(entries);
        Matrix<double> full = Matrix<double>.Build.Dense(visits, visits);
        for (int a = 0; a < visits; a++)
        {
            for (int b = 0; b < visits; b++)
            {
                full[a, b] = sigma[(Math.Min(a, b) * stride) + Math.Max(a, b)];
            }
        }

        Matrix<double> factor = full.Cholesky().Factor;
        Matrix<double>[] derivatives = [.. Parameters(visits).Select(p => FactorDerivative(factor, p.Row, p.Column))];
        Matrix<double> jacobian = Matrix<double>.Build.Dense(entries, entries);
        for (int k = 0; k < entries; k++)
        {
            Matrix<double> change = derivatives[k] * factor.Transpose();
            change += change.Transpose();
            int entry = 0;
            for (int a = 0; a < visits; a++)
            {
                for (int b = a; b < visits; b++)
                {
                    jacobian[entry++, k] = change[a, b];
                }
            }
        }

        Matrix<double> covariance = Matrix<double>.Build.Dense(entries, entries);
        for (int e = 0; e < entries; e++)
        {
            for (int f = 0; f < entries; f++)
            {
                covariance[e, f] = entryCovariance[(e * entryStride) + f];
            }
        }

        Matrix<double> inverse = jacobian.Inverse();
        Matrix<double> parameters = inverse * covariance * inverse.Transpose();
        return Pad(Contract(factor, derivatives, parameters, visits), visits, stride);
    }

    // ∂²(FFᵀ) = ∂²F Fᵀ + F ∂²Fᵀ + ∂F ∂Fᵀ + ∂F ∂Fᵀ in the other order. F_ij = e^θᵢ l_ij, so ∂²F concerns one row.
    private static Matrix<double> Contract(
        Matrix<double> factor, Matrix<double>[] derivatives, Matrix<double> weights, int visits)
    {
        Matrix<double> sum = Matrix<double>.Build.Dense(visits, visits);
        (int Row, int Column)[] parameters = [.. Parameters(visits)];
        for (int k = 0; k < parameters.Length; k++)
        {
            for (int l = 0; l < parameters.Length; l++)
            {
                Matrix<double> part = derivatives[k] * derivatives[l].Transpose();
                if (parameters[k].Row == parameters[l].Row)
                {
                    bool scalesFirst = parameters[k].Row == parameters[k].Column;
                    bool scalesSecond = parameters[l].Row == parameters[l].Column;
                    Matrix<double>? second = scalesFirst ? derivatives[l] : scalesSecond ? derivatives[k] : null;
                    if (second is not null)
                    {
                        part += second * factor.Transpose();
                    }
                }

                sum += weights[k, l] * (part + part.Transpose());
            }
        }

        return sum;
    }

    // (i, i) stands for θᵢ = ln of the i-th diagonal entry, (i, j) for l_ij.
    private static IEnumerable<(int Row, int Column)> Parameters(int visits)
    {
        for (int i = 0; i < visits; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                yield return (i, j);
            }
        }
    }

    private static Matrix<double> FactorDerivative(Matrix<double> factor, int row, int column)
    {
        Matrix<double> derivative = Matrix<double>.Build.Dense(factor.RowCount, factor.ColumnCount);
        if (row == column)
        {
            derivative.SetRow(row, factor.Row(row));
        }
        else
        {
            derivative[row, column] = factor[row, row];
        }

        return derivative;
    }

    private static double[] Pad(Matrix<double> matrix, int visits, int stride)
    {
        var padded = new double[visits * stride];
        for (int a = 0; a < visits; a++)
        {
            for (int b = 0; b < visits; b++)
            {
                padded[(a * stride) + b] = matrix[a, b];
            }
        }

        return padded;
    }
}
