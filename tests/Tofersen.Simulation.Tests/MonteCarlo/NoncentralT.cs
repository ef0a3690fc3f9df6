using MathNet.Numerics.Distributions;

namespace Tofersen.Simulation.Tests.MonteCarlo;

/// <summary>Power of two-sided t tests, by numerical integration over the variance estimate.</summary>
internal static class NoncentralT
{
    private const int Steps = 2_000;

    /// <summary>P(|T| &gt; t) for T = (Z + δ)/S with S² = χ²/ν: the noncentral t distribution.</summary>
    /// <param name="delta">Noncentrality: effect over its standard error.</param>
    /// <param name="degreesOfFreedom">ν.</param>
    /// <param name="alpha">Two-sided level.</param>
    internal static double Power(double delta, double degreesOfFreedom, double alpha = 0.05)
    {
        double critical = StudentT.InvCDF(0, 1, degreesOfFreedom, 1 - (alpha / 2));
        double spread = 9 * Math.Sqrt(2 * degreesOfFreedom);
        double lower = Math.Max(0, degreesOfFreedom - spread);
        return Simpson(lower, degreesOfFreedom + spread + 40, u =>
        {
            double s = critical * Math.Sqrt(u / degreesOfFreedom);
            return ChiSquared.PDF(degreesOfFreedom, u) * (Normal.CDF(0, 1, delta - s) + Normal.CDF(0, 1, -delta - s));
        });
    }

    /// <summary>Power with a normal covariate that treatment does not change, averaged over its values.</summary>
    /// <remarks>The difference of the covariate's means enlarges the variance of the effect by 1 + χ²₁/χ²ₙ₋₂ = 1 + t²/(n − 2), t with
    /// n − 2 degrees of freedom; given that, the statistic is noncentral t with n − 3.</remarks>
    /// <param name="delta">Effect over its standard error with covariate means alike.</param>
    /// <param name="participants">n.</param>
    internal static double PowerWithCovariate(double delta, int participants)
    {
        double df = participants - 2;
        const double Limit = 8;
        const int Points = 160;
        double sum = 0, weight = 0;
        for (int i = 0; i <= Points; i++)
        {
            double t = -Limit + (2 * Limit * i / Points);
            double density = StudentT.PDF(0, 1, df, t);
            sum += density * Power(delta / Math.Sqrt(1 + (t * t / df)), df - 1);
            weight += density;
        }

        return sum / weight;
    }

    private static double Simpson(double lower, double upper, Func<double, double> function)
    {
        double step = (upper - lower) / Steps;
        double sum = function(lower) + function(upper);
        for (int i = 1; i < Steps; i++)
        {
            sum += (i % 2 == 0 ? 2 : 4) * function(lower + (i * step));
        }

        return sum * step / 3;
    }
}
