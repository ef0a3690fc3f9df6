using MathNet.Numerics.LinearAlgebra;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>One draw from the posterior of a normal regression: least squares by Householder, columns kept one after the other while
/// they are new and three residual degrees of freedom remain, β* = β̂ + σ* R⁻¹ z.</summary>
internal sealed record PlainRegression(double[] Coefficients, double Sigma)
{
    internal double Mean(double[] row) => row.Select((x, j) => x * Coefficients[j]).Sum();

    internal static PlainRegression Draw(double[][] rows, double[] response, ref TrialRandom random)
    {
        int n = rows.Length;
        int[] kept = Keep(rows);
        Vector<double> y = Vector<double>.Build.DenseOfArray(response);
        Matrix<double> x = Matrix<double>.Build.Dense(n, kept.Length, (i, j) => rows[i][kept[j]]);
        var qr = x.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin);
        Vector<double> beta = qr.Solve(y);
        double squares = (y - (x * beta)).DotProduct(y - (x * beta));
        double sigma = Math.Sqrt(squares / (2 * random.NextGamma((n - kept.Length) / 2.0)));

        // Rows of R with a positive diagonal: R'R = X'X determines it.
        Matrix<double> r = qr.R.Clone();
        for (int j = 0; j < kept.Length; j++)
        {
            r.SetRow(j, r.Row(j) * Math.Sign(r[j, j]));
        }

        var z = Vector<double>.Build.Dense(kept.Length);
        for (int j = 0; j < kept.Length; j++)
        {
            z[j] = random.NextNormal();
        }

        Vector<double> drawn = beta + (sigma * r.Solve(z));
        var coefficients = new double[rows[0].Length];
        for (int j = 0; j < kept.Length; j++)
        {
            coefficients[kept[j]] = drawn[j];
        }

        return new PlainRegression(coefficients, sigma);
    }

    private static int[] Keep(double[][] rows)
    {
        var kept = new List<int>();
        var basis = new List<Vector<double>>();
        for (int j = 0; j < rows[0].Length && kept.Count < rows.Length - 3; j++)
        {
            Vector<double> column = Vector<double>.Build.Dense(rows.Length, i => rows[i][j]);
            Vector<double> left = column;

            // Twice, for what rounding leaves the first time.
            for (int pass = 0; pass < 2; pass++)
            {
                foreach (Vector<double> q in basis)
                {
                    left -= q * q.DotProduct(left);
                }
            }

            if (left.L2Norm() > 1e-7 * column.L2Norm())
            {
                kept.Add(j);
                basis.Add(left / left.L2Norm());
            }
        }

        return [.. kept];
    }
}
