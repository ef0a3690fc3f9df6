using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>Least squares with MathNet's QR decomposition.</summary>
internal static class LeastSquares
{
    /// <summary>Estimate and standard error of the coefficient of the last column. Columns of zeros are left out.</summary>
    internal static PlainResult TestLast(double[][] rows, double[] response)
    {
        int[] kept = [.. Enumerable.Range(0, rows[0].Length).Where(j => rows.Any(row => row[j] != 0))];
        Matrix<double> x = Matrix<double>.Build.Dense(rows.Length, kept.Length, (i, j) => rows[i][kept[j]]);
        Vector<double> y = Vector<double>.Build.DenseOfArray(response);
        QR<double> qr = x.QR(QRMethod.Thin);
        Vector<double> beta = qr.Solve(y);
        Vector<double> residual = y - (x * beta);
        int last = kept.Length - 1;
        double variance = residual.DotProduct(residual) / (rows.Length - kept.Length);

        // (XᵀX)⁻¹ = R⁻¹R⁻ᵀ, whose last entry is that of R alone.
        double error = Math.Sqrt(variance) / Math.Abs(qr.R[last, last]);
        return new PlainResult(rows.Length, beta[last], error, rows.Length - kept.Length);
    }
}
