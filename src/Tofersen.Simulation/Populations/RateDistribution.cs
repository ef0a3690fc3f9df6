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
    public abstract double MeanPerMonth { get; }

    /// <summary>Standard deviation between participants, in points per month.</summary>
    public abstract double SdPerMonth { get; }

    /// <summary>The quantile at Φ(z).</summary>
    /// <param name="z">A standard normal score.</param>
    /// <returns>The rate, in points per month.</returns>
    public abstract double AtNormalScore(double z);
}
