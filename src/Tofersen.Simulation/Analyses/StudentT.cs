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

        double ratio = degreesOfFreedom / (degreesOfFreedom + (size * size));
        return ratio > 0.5
            ? 1 - SpecialFunctions.BetaRegularized(0.5, degreesOfFreedom / 2, size * size / (degreesOfFreedom + (size * size)))
            : SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, ratio);
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
