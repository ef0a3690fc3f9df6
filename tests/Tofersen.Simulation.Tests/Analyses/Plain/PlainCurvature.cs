namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Gradient and Hessian of −2 log L at a point by differences, along axes in which one unit is about one standard error, so that
/// neither flat nor steep directions lose digits.</summary>
/// <remarks>Steps are halved until two Hessians in a row agree; what they differ by is <see cref="Uncertainty"/>.</remarks>
internal sealed class PlainCurvature
{
    private PlainCurvature(double distance, double[,] w, double uncertainty) =>
        (Distance, InverseInformation, Uncertainty) = (distance, w, uncertainty);

    /// <summary>Length of the Newton step in standard errors.</summary>
    internal double Distance { get; }

    /// <summary>Twice the inverse of the Hessian of −2 log L.</summary>
    internal double[,] InverseInformation { get; }

    /// <summary>Largest difference of two approximations to the Hessian, whose entries are of the order of 1.</summary>
    internal double Uncertainty { get; }

    /// <summary>Null where the Hessian is not positive definite.</summary>
    internal static PlainCurvature? At(Func<double[], double> f, double[] theta, double[] steps)
    {
        double[,]? axes = null;
        for (int round = 0; round < 5 && axes is null; round++)
        {
            double[] fine = [.. steps.Select(s => s * Math.Pow(0.25, round))];
            axes = Axes(PlainDerivatives.Hessian(f, theta, fine));
        }

        if (axes is null)
        {
            return null;
        }

        double along(double[] s) => f([.. theta.Zip(PlainMatrix.Times(axes, s), (t, move) => t + move)]);
        double[,]? best = null;
        double[]? gradient = null;
        double[,]? previous = null;
        double uncertainty = double.PositiveInfinity;
        var origin = new double[theta.Length];
        for (double step = 0.2; step > 0.004 && !(uncertainty < 1e-7); step /= 2)
        {
            double[] all = [.. theta.Select(_ => step)];
            double[,] hessian = PlainDerivatives.Hessian(along, origin, all);
            double difference = previous is null ? double.PositiveInfinity : LargestDifference(hessian, previous);
            if (difference < uncertainty)
            {
                (uncertainty, best) = (difference, hessian);
                gradient = PlainDerivatives.Gradient(along, origin, all);
            }

            previous = hessian;
        }

        if (best is null || PlainMatrix.Cholesky(best) is not { } factor)
        {
            return null;
        }

        double[,] inverse = PlainMatrix.InverseFrom(factor);
        double[,] w = PlainMatrix.Times(PlainMatrix.Times(axes, inverse), PlainMatrix.Transpose(axes));
        double[,] twice = new double[theta.Length, theta.Length];
        PlainMatrix.Add(twice, 2, w);
        return new PlainCurvature(Math.Sqrt(PlainMatrix.Form(gradient!, inverse, gradient!)), twice, uncertainty);
    }

    // A with AᵀHA = 1: the transposed inverse of the Cholesky factor.
    private static double[,]? Axes(double[,] hessian)
    {
        if (PlainMatrix.Cholesky(hessian) is not { } l)
        {
            return null;
        }

        return PlainMatrix.Times(PlainMatrix.InverseFrom(l), l);
    }

    private static double LargestDifference(double[,] a, double[,] b)
    {
        double largest = 0;
        for (int i = 0; i < a.GetLength(0); i++)
        {
            for (int j = 0; j < a.GetLength(1); j++)
            {
                double difference = Math.Abs(a[i, j] - b[i, j]);
                largest = difference > largest || double.IsNaN(difference) ? difference : largest;
            }
        }

        return double.IsNaN(largest) ? double.PositiveInfinity : largest;
    }
}
