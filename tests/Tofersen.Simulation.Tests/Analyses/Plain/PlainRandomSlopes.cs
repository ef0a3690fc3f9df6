using MathNet.Numerics.LinearAlgebra;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>The random-slope model from its definition: dense covariance matrices, a search without derivatives, numeric derivatives for
/// Satterthwaite's method, and the matrices of Kenward and Roger's paper.</summary>
internal sealed class PlainRandomSlopes
{
    private readonly double[][] _times;
    private readonly double[][] _responses;
    private readonly double[][,] _designs;
    private readonly bool _restricted;
    private readonly int _columns;

    /// <summary>Takes the data of each participant; columns of X by row and column, of full rank.</summary>
    internal PlainRandomSlopes(double[][] times, double[][] responses, double[][,] designs, bool restricted)
    {
        _times = times;
        _responses = responses;
        _designs = designs;
        _restricted = restricted;
        _columns = designs[0].GetLength(1);
        Rows = times.Sum(t => t.Length);
    }

    internal int Rows { get; }

    private int Effective => Rows - (_restricted ? _columns : 0);

    /// <summary>Degrees of freedom left when every participant has a line of its own.</summary>
    internal int WithinDegreesOfFreedom()
    {
        int n = _times.Length;
        var all = Matrix<double>.Build.Dense(Rows, (2 * n) + _columns);
        int row = 0;
        for (int p = 0; p < n; p++)
        {
            for (int i = 0; i < _times[p].Length; i++, row++)
            {
                all[row, 2 * p] = 1;
                all[row, (2 * p) + 1] = _times[p][i];
                for (int c = 0; c < _columns; c++)
                {
                    all[row, (2 * n) + c] = _designs[p][i, c];
                }
            }
        }

        // Columns of unit length, so that units do not decide on the rank.
        return Rows - all.NormalizeColumns(2).Rank();
    }

    /// <summary>−2 log likelihood with coefficients profiled out, and the residual variance too where none is given.</summary>
    internal double Deviance(double[] lambda, double? residualVariance = null)
    {
        (double logDeterminant, double[,] information, double squares) = Profile(lambda);
        double[,] lower = Cholesky(information);
        double variance = residualVariance ?? (squares / Effective);
        double logInformation = 2 * Enumerable.Range(0, _columns).Sum(k => Math.Log(lower[k, k]));
        return logDeterminant + (_restricted ? logInformation : 0) + (Effective * Math.Log(2 * Math.PI * variance)) + (squares / variance);
    }

    internal double ResidualVariance(double[] lambda) => Profile(lambda).Squares / Effective;

    internal double[] Coefficients(double[] lambda) => Solve(Sums(lambda, _responses));

    /// <summary>(X′H⁻¹X)⁻¹, the covariance of the coefficients over the residual variance.</summary>
    internal Matrix<double> Unscaled(double[] lambda) => Matrix<double>.Build.DenseOfArray(Sums(lambda, _responses).Information).Inverse();

    /// <summary>The lowest criterion that Nelder and Mead's search finds from several starts.</summary>
    internal double Search(double timeScale)
    {
        double best = double.PositiveInfinity;
        foreach (double[] start in (double[][])[[1, 0, 1], [4, 1, 0.5], [0.3, -0.1, 0.1], [0.05, 0.5, 0.05]])
        {
            double[] point = [start[0], start[1] / timeScale, start[2] / timeScale];
            best = Math.Min(best, NelderMead.Minimise(v => Deviance(v), point, [.. point.Select(v => (Math.Abs(v) * 0.5) + (0.1 / timeScale))]));
        }

        return best;
    }

    /// <summary>Satterthwaite's degrees of freedom of a coefficient from numeric derivatives in the free entries of Λ and log σ²; null
    /// where the Hessian is too close to singular for numeric derivatives.</summary>
    internal double? Satterthwaite(double[] lambda, int[] free, int coefficient, double timeScale)
    {
        double variance = ResidualVariance(lambda);
        double[] At(double[] x)
        {
            double[] changed = (double[])lambda.Clone();
            for (int i = 0; i < free.Length; i++)
            {
                changed[free[i]] = x[i];
            }

            return changed;
        }

        double[] point = [.. free.Select(i => lambda[i]), Math.Log(variance)];
        double[] units = [1, 1 / timeScale, 1 / timeScale];
        double[] steps = [.. free.Select(i => 1e-3 * Math.Max(Math.Abs(lambda[i]), 0.1 * units[i])), 1e-3];
        Matrix<double> hessian = NumericDerivatives.Hessian(x => Deviance(At(x), Math.Exp(x[^1])), point, steps);
        if (!IsWellConditioned(hessian, 1e4))
        {
            return null;
        }

        Vector<double> gradient = NumericDerivatives.Gradient(
            x => Math.Exp(x[^1]) * Unscaled(At(x))[coefficient, coefficient], point, steps);
        double value = variance * Unscaled(lambda)[coefficient, coefficient];
        return 2 * value * value / (2 * (gradient * hessian.Inverse() * gradient));
    }

    /// <summary>Kenward and Roger's covariance matrix and degrees of freedom, as their paper has them; null where
    /// the information is too close to singular for a plain inverse.</summary>
    internal (Matrix<double> Adjusted, double[] DegreesOfFreedom)? KenwardRoger(double[] lambda)
    {
        double s = ResidualVariance(lambda);
        Matrix<double> x = Matrix<double>.Build.DenseOfRowArrays(
            _designs.SelectMany(d => Enumerable.Range(0, d.GetLength(0)).Select(i => Enumerable.Range(0, _columns).Select(c => d[i, c]).ToArray())));
        Matrix<double>[] derivatives = [Block((_, _) => 1), Block((t, u) => t + u), Block((t, u) => t * u), Matrix<double>.Build.DenseIdentity(Rows)];
        (double d11, double d12, double d22) = (lambda[0] * lambda[0], lambda[0] * lambda[1], (lambda[1] * lambda[1]) + (lambda[2] * lambda[2]));
        Matrix<double> v = s * ((d11 * derivatives[0]) + (d12 * derivatives[1]) + (d22 * derivatives[2]) + derivatives[3]);
        Matrix<double> inverse = v.Inverse();
        Matrix<double> phi = (x.Transpose() * inverse * x).Inverse();
        Matrix<double> projection = inverse - (inverse * x * phi * x.Transpose() * inverse);
        Matrix<double>[] products = [.. derivatives.Select(g => projection * g)];
        Matrix<double> information = Matrix<double>.Build.Dense(4, 4, (r, c) => (products[r] * products[c]).Trace() / 2);
        bool isIdentified = Enumerable.Range(0, 4).All(r =>
            information[r, r] > 1e-8 * (inverse * derivatives[r] * inverse * derivatives[r]).Trace());
        if (!isIdentified || !IsWellConditioned(information, 1e6))
        {
            return null;
        }

        Matrix<double> w = information.Inverse();
        Matrix<double>[] p = [.. derivatives.Select(g => -(x.Transpose() * inverse * g * inverse * x))];
        Matrix<double> u = Matrix<double>.Build.Dense(_columns, _columns);
        for (int r = 0; r < 4; r++)
        {
            for (int c = 0; c < 4; c++)
            {
                Matrix<double> q = x.Transpose() * inverse * derivatives[r] * inverse * derivatives[c] * inverse * x;
                u += w[r, c] * (q - (p[r] * phi * p[c]));
            }
        }

        return (phi + (2 * phi * u * phi), [.. Enumerable.Range(0, _columns).Select(k => KenwardRogerDegrees(phi, w, p, k))]);
    }

    // Scaled to a unit diagonal, so that units do not count.
    private static bool IsWellConditioned(Matrix<double> matrix, double limit)
    {
        Vector<double> scale = matrix.Diagonal().Map(v => 1 / Math.Sqrt(v));
        Matrix<double> scaled = matrix.MapIndexed((i, j, v) => v * scale[i] * scale[j]);
        return scaled.ForAll(double.IsFinite) && scaled.ConditionNumber() < limit;
    }

    private static double KenwardRogerDegrees(Matrix<double> phi, Matrix<double> w, Matrix<double>[] p, int k)
    {
        const double L = 1;
        double theta = L / phi[k, k];
        double a1 = 0, a2 = 0;
        for (int r = 0; r < 4; r++)
        {
            for (int c = 0; c < 4; c++)
            {
                double first = theta * (phi * p[r] * phi)[k, k];
                double second = theta * (phi * p[c] * phi)[k, k];
                a1 += w[r, c] * first * second;
                a2 += w[r, c] * first * second;
            }
        }

        // The paper's formula divides zero by zero there; its limit is 2 / A.
        if (Math.Abs(a2 - 1) < 1e-3)
        {
            return 2 / a2;
        }

        double b = (a1 + (6 * a2)) / (2 * L);
        double g = (((L + 1) * a1) - ((L + 4) * a2)) / ((L + 2) * a2);
        double below = (3 * L) + (2 * (1 - g));
        double e = 1 / (1 - (a2 / L));
        double variance = 2 / L * (1 + (g / below * b)) / (Math.Pow(1 - ((L - g) / below * b), 2) * (1 - ((L + 2 - g) / below * b)));
        double rho = variance / (2 * e * e);
        return 4 + ((L + 2) / ((L * rho) - 1));
    }

    private Matrix<double> Block(Func<double, double, double> entry)
    {
        var matrix = Matrix<double>.Build.Dense(Rows, Rows);
        int start = 0;
        foreach (double[] times in _times)
        {
            for (int i = 0; i < times.Length; i++)
            {
                for (int j = 0; j < times.Length; j++)
                {
                    matrix[start + i, start + j] = entry(times[i], times[j]);
                }
            }

            start += times.Length;
        }

        return matrix;
    }

    // Squares of the residuals themselves: taking the fit from the squares of the response would cost digits.
    private (double LogDeterminant, double[,] Information, double Squares) Profile(double[] lambda)
    {
        double[] beta = Solve(Sums(lambda, _responses));
        double[][] residuals =
        [
            .. _responses.Select((y, p) => y
                .Select((value, i) => value - Enumerable.Range(0, _columns).Sum(c => _designs[p][i, c] * beta[c])).ToArray()),
        ];
        (double logDeterminant, double[,] information, double[] right, double square) = Sums(lambda, residuals);
        return (logDeterminant, information, square - Forward(Cholesky(information), right).Sum(v => v * v));
    }

    private static double[] Solve((double LogDeterminant, double[,] Information, double[] Right, double Square) sums) =>
        [.. Matrix<double>.Build.DenseOfArray(sums.Information).Solve(Vector<double>.Build.Dense(sums.Right))];

    private (double LogDeterminant, double[,] Information, double[] Right, double Square) Sums(double[] lambda, double[][] responses)
    {
        var information = new double[_columns, _columns];
        var right = new double[_columns];
        double logDeterminant = 0;
        double square = 0;
        for (int p = 0; p < _times.Length; p++)
        {
            double[] t = _times[p];
            var h = new double[t.Length, t.Length];
            for (int i = 0; i < t.Length; i++)
            {
                for (int j = 0; j < t.Length; j++)
                {
                    double first = (lambda[0] + (lambda[1] * t[i])) * (lambda[0] + (lambda[1] * t[j]));
                    h[i, j] = first + (lambda[2] * t[i] * lambda[2] * t[j]) + (i == j ? 1 : 0);
                }
            }

            double[,] lower = Cholesky(h);
            double[] y = Forward(lower, responses[p]);
            double[][] x = [.. Enumerable.Range(0, _columns).Select(c =>
                Forward(lower, [.. Enumerable.Range(0, t.Length).Select(i => _designs[p][i, c])]))];
            square += y.Sum(v => v * v);
            for (int j = 0; j < _columns; j++)
            {
                logDeterminant += j == 0 ? 2 * Enumerable.Range(0, t.Length).Sum(i => Math.Log(lower[i, i])) : 0;
                right[j] += x[j].Zip(y, (v, w) => v * w).Sum();
                for (int k = 0; k < _columns; k++)
                {
                    information[j, k] += x[j].Zip(x[k], (v, w) => v * w).Sum();
                }
            }
        }

        return (logDeterminant, information, right, square);
    }

    private static double[,] Cholesky(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        var lower = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= lower[i, k] * lower[j, k];
                }

                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }

        return lower;
    }

    private static double[] Forward(double[,] lower, double[] right)
    {
        var solved = new double[right.Length];
        for (int i = 0; i < right.Length; i++)
        {
            double sum = right[i];
            for (int k = 0; k < i; k++)
            {
                sum -= lower[i, k] * solved[k];
            }

            solved[i] = sum / lower[i, i];
        }

        return solved;
    }
}
