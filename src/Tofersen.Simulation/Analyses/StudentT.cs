using MathNet.Numerics;

namespace Tofersen.Simulation.Analyses;

/// <summary>Tail probabilities and quantiles of the t and normal distributions, for any positive degrees of freedom.</summary>
internal static class StudentT
{
    /// <summary>P(|T| ≥ |t|); the normal distribution for infinite degrees of freedom.</summary>
    internal static double TwoSidedP(double t, double degreesOfFreedom)
    {
        if (double.IsNaN(t))
        {
            return double.NaN;
        }

        double size = Math.Abs(t);
        if (double.IsPositiveInfinity(size))
        {
            return 0;
        }

        if (double.IsPositiveInfinity(degreesOfFreedom))
        {
            return SpecialFunctions.Erfc(size / Math.Sqrt(2));
        }

        if (degreesOfFreedom > 1000)
        {
            return SpecialFunctions.Erfc(NormalScore(size, degreesOfFreedom) / Math.Sqrt(2));
        }

        // Near 0 the complement keeps the digits; further out P is small and comes without a subtraction.
        double squares = degreesOfFreedom + (size * size);
        return size < 1
            ? 1 - SpecialFunctions.BetaRegularized(0.5, degreesOfFreedom / 2, size * size / squares)
            : SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / squares);
    }

    // Hill 1970, Algorithm 395, doi 10.1145/355598.355599: the normal score with the same tail. Above 1000 degrees of freedom the
    // relative error of the tail is below 2e-11 for t up to 16; the gamma functions of the exact form would lose more.
    private static double NormalScore(double t, double degreesOfFreedom)
    {
        double a = degreesOfFreedom - 0.5;
        double b = 48 * a * a;
        double ratio = t * t / degreesOfFreedom;
        double logarithm = ratio < 1e-4 ? ratio * (1 - (ratio * (0.5 - (ratio * (1.0 / 3 - (ratio / 4)))))) : Math.Log(1 + ratio);
        double y2 = a * logarithm;
        double numerator = (((((-0.4 * y2) - 3.3) * y2) - 24) * y2) - 85.5;
        return Math.Sqrt(y2) * (1 + (((numerator / ((0.8 * y2 * y2) + 100 + b)) + y2 + 3) / b));
    }

    /// <summary>The value that |T| exceeds with a given probability.</summary>
    /// <remarks>Newton steps on ln P against ln t: nearly linear in the power tail, and concave, so that the steps settle from any
    /// start.</remarks>
    internal static double TwoSidedCriticalValue(double alpha, double degreesOfFreedom)
    {
        double z = Math.Sqrt(2) * SpecialFunctions.ErfcInv(alpha);
        if (double.IsPositiveInfinity(degreesOfFreedom))
        {
            return z;
        }

        double logT = Math.Log(z + (((z * z * z) + z) / (4 * degreesOfFreedom)));
        double logNorm = SpecialFunctions.GammaLn((degreesOfFreedom + 1) / 2) - SpecialFunctions.GammaLn(degreesOfFreedom / 2)
            - (0.5 * Math.Log(degreesOfFreedom * Math.PI));
        for (int i = 0; i < 100; i++)
        {
            double t = Math.Exp(logT);
            double p = TwoSidedP(t, degreesOfFreedom);
            double density = 2 * Math.Exp(logNorm - ((degreesOfFreedom + 1) / 2 * Math.Log(1 + (t * t / degreesOfFreedom))));
            double step = p * (Math.Log(p) - Math.Log(alpha)) / (density * t);
            logT += Math.Clamp(step, -2, 2);
            if (Math.Abs(step) < 1e-14)
            {
                break;
            }
        }

        return Math.Exp(logT);
    }
}

/// <summary>Critical values for whole degrees of freedom, each computed once; for one thread.</summary>
internal sealed class CriticalValues(double alpha, int largestDegreesOfFreedom)
{
    private readonly double[] _values = new double[largestDegreesOfFreedom + 1];

    internal double At(int degreesOfFreedom)
    {
        double value = _values[degreesOfFreedom];
        if (value == 0)
        {
            value = StudentT.TwoSidedCriticalValue(alpha, degreesOfFreedom);
            _values[degreesOfFreedom] = value;
        }

        return value;
    }
}
