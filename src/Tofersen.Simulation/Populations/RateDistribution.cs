using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>Distribution of a rate of decline between participants, in points per month.</summary>
/// <remarks>A rate is drawn as the quantile at Φ(z) of a standard normal z, so that any of these can be correlated with
/// other traits through a Gaussian copula.</remarks>
public abstract record RateDistribution
{
    private protected RateDistribution()
    {
    }

    /// <summary>Mean rate, in points per month.</summary>
    public abstract double Mean { get; init; }

    /// <summary>Standard deviation between participants, in points per month.</summary>
    public abstract double Sd { get; init; }

    /// <summary>The quantile at Φ(z).</summary>
    /// <param name="z">A standard normal score.</param>
    /// <returns>The rate, in points per month.</returns>
    public abstract double AtNormalScore(double z);
}

/// <summary>Log-normal rates: always positive and skewed to the right, as SOD1-ALS slopes are.</summary>
/// <remarks>ln rate ~ Normal(μ, σ²) with σ² = ln(1 + (Sd / Mean)²) and μ = ln Mean − σ² / 2.</remarks>
public sealed record LogNormalRate : RateDistribution
{
    /// <inheritdoc/>
    /// <remarks>Above 0, at most 48.</remarks>
    public override required double Mean { get; init => field = Require.Above(value, 0, 48); }

    /// <inheritdoc/>
    /// <remarks>From 0 to 48.</remarks>
    public override required double Sd { get; init => field = Require.InRange(value, 0, 48); }

    /// <summary>Mean of the logarithm of the rate.</summary>
    public double LogMean => Math.Log(Mean) - (LogVariance / 2);

    /// <summary>Standard deviation of the logarithm of the rate.</summary>
    public double LogSd => Math.Sqrt(LogVariance);

    private double LogVariance => Math.Log(1 + (Sd / Mean * (Sd / Mean)));

    /// <inheritdoc/>
    public override double AtNormalScore(double z) => Math.Exp(LogMean + (LogSd * z));
}

/// <summary>Gamma rates: always positive, less heavy in the upper tail than log-normal ones.</summary>
/// <remarks>Shape (Mean / Sd)², scale Sd² / Mean.</remarks>
public sealed record GammaRate : RateDistribution
{
    /// <inheritdoc/>
    /// <remarks>Above 0, at most 48.</remarks>
    public override required double Mean { get; init => field = Require.Above(value, 0, 48); }

    /// <inheritdoc/>
    /// <remarks>Above 0, at most 48, and between 1/50 and 5 times the mean when drawn from.</remarks>
    public override required double Sd { get; init => field = Require.Above(value, 0, 48); }

    /// <inheritdoc/>
    public override double AtNormalScore(double z)
    {
        double shape = Mean / Sd * (Mean / Sd);
        double rate = Mean / (Sd * Sd);
        return GammaQuantile(shape, rate, Normal.CDF(0, 1, z), Normal.CDF(0, 1, -z));
    }

    // Newton steps on ln x from the Wilson–Hilferty start; the smaller of the two tail probabilities is matched, so that
    // both tails keep their relative accuracy. Bisection takes over where a step leaves the bracket.
    private static double GammaQuantile(double shape, double rate, double lower, double upper)
    {
        double low = -750, high = 700;
        double c = 1 / (9 * shape);
        double z = Normal.InvCDF(0, 1, lower);
        double hilferty = 1 - c + (z * Math.Sqrt(c));
        double logX = hilferty > 0.2
            ? Math.Log(shape) + (3 * Math.Log(hilferty))
            : (Math.Log(lower) + SpecialFunctions.GammaLn(shape + 1)) / shape;
        for (int i = 0; i < 200; i++)
        {
            double x = Math.Exp(logX);
            double tail = lower < upper
                ? SpecialFunctions.GammaLowerRegularized(shape, x)
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

        return Math.Exp(logX) / rate;
    }
}

/// <summary>Normal rates: symmetric, some participants improve. For comparison with textbook mixed models.</summary>
public sealed record NormalRate : RateDistribution
{
    /// <inheritdoc/>
    /// <remarks>From −48 to 48.</remarks>
    public override required double Mean { get; init => field = Require.InRange(value, -48, 48); }

    /// <inheritdoc/>
    /// <remarks>From 0 to 48.</remarks>
    public override required double Sd { get; init => field = Require.InRange(value, 0, 48); }

    /// <inheritdoc/>
    public override double AtNormalScore(double z) => Mean + (Sd * z);
}
