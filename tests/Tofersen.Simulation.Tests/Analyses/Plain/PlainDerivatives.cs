namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Central differences, extrapolated to a step of zero by Richardson's method.</summary>
internal static class PlainDerivatives
{
    internal static double[] Gradient(Func<double[], double> f, double[] x, double[] steps) =>
        [.. x.Select((_, k) => Extrapolate(h => (f(Moved(x, k, h * steps[k])) - f(Moved(x, k, -h * steps[k]))) / (2 * h * steps[k])))];

    internal static double[,] Hessian(Func<double[], double> f, double[] x, double[] steps)
    {
        double middle = f(x);
        var hessian = new double[x.Length, x.Length];
        for (int k = 0; k < x.Length; k++)
        {
            double s = steps[k];
            hessian[k, k] = Extrapolate(h =>
                (f(Moved(x, k, h * s)) - (2 * middle) + f(Moved(x, k, -h * s))) / (h * s * h * s));
            for (int l = 0; l < k; l++)
            {
                double t = steps[l];
                double At(double a, double b) => f(Moved(Moved(x, k, a * s), l, b * t));
                hessian[k, l] = Extrapolate(h => (At(h, h) - At(h, -h) - At(-h, h) + At(-h, -h)) / (4 * h * s * h * t));
                hessian[l, k] = hessian[k, l];
            }
        }

        return hessian;
    }

    /// <summary>Derivative of a matrix by parameter k.</summary>
    internal static double[,] Of(Func<double[], double[,]> f, double[] x, int k, double step)
    {
        double[,] sample = f(x);
        var derivative = new double[sample.GetLength(0), sample.GetLength(1)];
        double[][,] up = [.. Levels.Select(h => f(Moved(x, k, h * step)))];
        double[][,] down = [.. Levels.Select(h => f(Moved(x, k, -h * step)))];
        for (int i = 0; i < sample.GetLength(0); i++)
        {
            for (int j = 0; j < sample.GetLength(1); j++)
            {
                derivative[i, j] = Extrapolate(h =>
                {
                    int level = Array.IndexOf(Levels, h);
                    return (up[level][i, j] - down[level][i, j]) / (2 * h * step);
                });
            }
        }

        return derivative;
    }

    private static readonly double[] Levels = [1, 0.5, 0.25];

    // The error of a central difference is a series in h².
    private static double Extrapolate(Func<double, double> difference)
    {
        double first = difference(Levels[0]);
        double second = difference(Levels[1]);
        double third = difference(Levels[2]);
        double coarse = ((4 * second) - first) / 3;
        double fine = ((4 * third) - second) / 3;
        return ((16 * fine) - coarse) / 15;
    }

    private static double[] Moved(double[] x, int k, double by)
    {
        var moved = (double[])x.Clone();
        moved[k] += by;
        return moved;
    }
}
