using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Wilson's interval for a proportion (Wilson 1927, doi 10.1080/01621459.1927.10502953).</summary>
public static class WilsonInterval
{
    /// <summary>The 97.5 % quantile of the standard normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval.</summary>
    /// <param name="successes">Number of successes, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Number of trials, at least 1.</param>
    /// <returns>Lower and upper limit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static (double Lower, double Upper) Of(int successes, int trials)
    {
        Require.InRange(trials, 1, int.MaxValue, nameof(trials));
        Require.InRange(successes, 0, trials, nameof(successes));
        double n = trials;
        double p = successes / n;
        double centre = p + (Z * Z / (2 * n));
        double width = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        double scale = 1 + (Z * Z / n);
        return (
            successes == 0 ? 0 : (centre - width) / scale,
            successes == trials ? 1 : (centre + width) / scale);
    }
}
