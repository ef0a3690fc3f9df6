using MathNet.Numerics.LinearAlgebra;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Derivatives by central differences at two steps, extrapolated (Richardson).</summary>
internal static class NumericDerivatives
{
    internal static Vector<double> Gradient(Func<double[], double> function, double[] point, double[] steps)
    {
        double At(int i, double share) => function(Moved(point, i, share * steps[i]));
        double Central(int i, double share) => (At(i, share) - At(i, -share)) / (2 * share * steps[i]);
        return Vector<double>.Build.Dense(point.Length, i => ((4 * Central(i, 1)) - Central(i, 2)) / 3);
    }

    internal static Matrix<double> Hessian(Func<double[], double> function, double[] point, double[] steps)
    {
        double Mixed(int i, int j, double share)
        {
            double At(double first, double second) =>
                function(Moved(Moved(point, i, first * share * steps[i]), j, second * share * steps[j]));
            return (At(1, 1) - At(1, -1) - At(-1, 1) + At(-1, -1)) / (4 * share * share * steps[i] * steps[j]);
        }

        return Matrix<double>.Build.Dense(point.Length, point.Length, (i, j) => ((4 * Mixed(i, j, 4)) - Mixed(i, j, 8)) / 3);
    }

    private static double[] Moved(double[] point, int index, double step)
    {
        double[] moved = (double[])point.Clone();
        moved[index] += step;
        return moved;
    }
}
