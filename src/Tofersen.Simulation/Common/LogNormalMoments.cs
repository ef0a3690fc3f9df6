namespace Tofersen.Simulation.Common;

/// <summary>Log-normal distributions by their mean and standard deviation.</summary>
internal static class LogNormalMoments
{
    /// <summary>From here on the square of the ratio leaves the range of numbers or is all there is of the sum with 1.</summary>
    private const double LargestRatio = 1e100;

    /// <summary>Variance of the logarithm, ln(1 + (sd / mean)²).</summary>
    internal static double LogVariance(double mean, double sd)
    {
        double ratio = sd / mean;
        return ratio < LargestRatio ? Math.Log(1 + (ratio * ratio)) : 2 * (Math.Log(sd) - Math.Log(mean));
    }
}
