namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Textbook matrix algebra.</summary>
internal static class PlainMatrix
{
    internal static double[,] Zero(int rows, int columns) => new double[rows, columns];

    internal static double[,] Times(double[,] a, double[,] b)
    {
        var c = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int k = 0; k < a.GetLength(1); k++)
            {
                for (int j = 0; j < b.GetLength(1); j++)
                {
                    c[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return c;
    }

    internal static double[] Times(double[,] a, double[] x)
    {
        var y = new double[a.GetLength(0)];
        for (int i = 0; i < y.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                y[i] += a[i, j] * x[j];
            }
        }

        return y;
    }

    internal static double[,] Transpose(double[,] a)
    {
        var t = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                t[j, i] = a[i, j];
            }
        }

        return t;
    }

    internal static void Add(double[,] target, double factor, double[,] a)
    {
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                target[i, j] += factor * a[i, j];
            }
        }
    }

    internal static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    internal static double Form(double[] a, double[,] m, double[] b) => Dot(a, Times(m, b));

    /// <summary>Rows and columns of a matrix.</summary>
    internal static double[,] Part(double[,] a, int[] at)
    {
        var part = new double[at.Length, at.Length];
        for (int i = 0; i < at.Length; i++)
        {
            for (int j = 0; j < at.Length; j++)
            {
                part[i, j] = a[at[i], at[j]];
            }
        }

        return part;
    }

    /// <summary>Lower triangular L with LLᵀ = A; null where A is not positive definite.</summary>
    internal static double[,]? Cholesky(double[,] a)
    {
        int n = a.GetLength(0);
        var l = new double[n, n];
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = a[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= l[i, k] * l[j, k];
                }

                if (i == j && !(sum > 0))
                {
                    return null;
                }

                l[i, j] = i == j ? Math.Sqrt(sum) : sum / l[j, j];
            }
        }

        return l;
    }

    /// <summary>A⁻¹ from L.</summary>
    internal static double[,] InverseFrom(double[,] l)
    {
        int n = l.GetLength(0);
        var inverse = new double[n, n];
        for (int c = 0; c < n; c++)
        {
            var x = new double[n];
            for (int i = 0; i < n; i++)
            {
                x[i] = i == c ? 1 : 0;
                for (int k = 0; k < i; k++)
                {
                    x[i] -= l[i, k] * x[k];
                }

                x[i] /= l[i, i];
            }

            for (int i = n - 1; i >= 0; i--)
            {
                for (int k = i + 1; k < n; k++)
                {
                    x[i] -= l[k, i] * x[k];
                }

                x[i] /= l[i, i];
                inverse[i, c] = x[i];
            }
        }

        return inverse;
    }

    internal static double LogDeterminantFrom(double[,] l) =>
        2 * Enumerable.Range(0, l.GetLength(0)).Sum(i => Math.Log(l[i, i]));
}
