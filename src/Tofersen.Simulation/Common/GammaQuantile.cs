using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Tofersen.Simulation.Common;

/// <summary>Quantiles of the gamma distribution.</summary>
internal static class GammaQuantile
{
    /// <summary>The value that a gamma variable of a shape and scale 1 stays below as often as a standard normal one stays below
    /// z.</summary>
    /// <remarks>Newton steps on ln x from the Wilson–Hilferty start; the smaller of the two tail probabilities is matched, so that
    /// both tails keep their relative accuracy. Bisection takes over where a step leaves the bracket.</remarks>
    internal static double AtNormalScore(double shape, double z)
    {
        double lower = Normal.CDF(0, 1, z);
        double upper = Normal.CDF(0, 1, -z);
        double low = -750, high = 700;
        double c = 1 / (9 * shape);
        double hilferty = 1 - c + (z * Math.Sqrt(c));
        double logX = hilferty > 0.2
            ? Math.Log(shape) + (3 * Math.Log(hilferty))
            : (Math.Log(lower) + SpecialFunctions.GammaLn(shape + 1)) / shape;
        for (int i = 0; i < 200; i++)
        {
            double x = Math.Exp(logX);
            double tail = lower < upper
                ? LowerTail(shape, logX, x)
                : SpecialFunctions.GammaUpperRegularized(shape, x);
            double error = lower < upper ? Math.Log(tail / lower) : -Math.Log(tail / upper);
            if (error > 0)
            {
                high = logX;
            }
            else
            {
                low = logX;
            }

            double slope = Math.Exp((shape * logX) - x - SpecialFunctions.GammaLn(shape)) / tail;
            double step = error / slope;
            double next = logX - step;
            if (!(next > low && next < high))
            {
                next = (low + high) / 2;
            }

            if (Math.Abs(next - logX) <= 1e-15 * Math.Max(1, Math.Abs(logX)))
            {
                logX = next;
                break;
            }

            logX = next;
        }

        return Math.Exp(logX);
    }

    // Near 0 the power series: the library's function returns 0 below about 1e-15.
    private static double LowerTail(double shape, double logX, double x)
    {
        if (x > 0.1)
        {
            return SpecialFunctions.GammaLowerRegularized(shape, x);
        }

        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-17; k++)
        {
            term *= x / (shape + k);
            sum += term;
        }

        return Math.Exp((shape * logX) - x - SpecialFunctions.GammaLn(shape + 1)) * sum;
    }
}
