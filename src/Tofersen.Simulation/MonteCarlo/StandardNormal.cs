using MathNet.Numerics.Distributions;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Quantiles of the standard normal distribution between two limits.</summary>
internal static class StandardNormal
{
    /// <summary>Probability between two limits, with the accuracy of the smaller tails.</summary>
    internal static double Mass(double lower, double upper) =>
        lower > 0 ? Normal.CDF(0, 1, -lower) - Normal.CDF(0, 1, -upper)
        : upper > 0 ? 1 - Normal.CDF(0, 1, lower) - Normal.CDF(0, 1, -upper)
        : Normal.CDF(0, 1, upper) - Normal.CDF(0, 1, lower);

    /// <summary>Quantile of the distribution cut off at two limits, which may be infinite.</summary>
    /// <remarks>Measured from the nearer tail, where probabilities keep their digits.</remarks>
    internal static double Quantile(double probability, double lower, double upper)
    {
        double mass = Mass(lower, upper);
        double below = Normal.CDF(0, 1, lower) + (probability * mass);
        double value = below <= 0.5
            ? Normal.InvCDF(0, 1, below)
            : -Normal.InvCDF(0, 1, Normal.CDF(0, 1, -upper) + ((1 - probability) * mass));
        return Math.Clamp(value, lower, upper);
    }
}
