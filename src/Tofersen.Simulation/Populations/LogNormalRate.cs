using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>Log-normal rates: always positive and skewed to the right, as SOD1-ALS slopes are.</summary>
/// <remarks>ln rate ~ Normal(μ, σ²) with σ² = ln(1 + (Sd / Mean)²) and μ = ln Mean − σ² / 2.</remarks>
public sealed record LogNormalRate : RateDistribution
{
    /// <summary>Mean rate, in points per month; above 0, at most 48.</summary>
    public required double Mean { get; init => field = Require.Above(value, 0, 48); }

    /// <summary>Standard deviation between participants, in points per month; from 0 to 48.</summary>
    public required double Sd { get; init => field = Require.InRange(value, 0, 48); }

    /// <summary>Mean of the logarithm of the rate.</summary>
    public double LogMean => Math.Log(Mean) - (LogVariance / 2);

    /// <summary>Standard deviation of the logarithm of the rate.</summary>
    public double LogSd => Math.Sqrt(LogVariance);

    private double LogVariance => LogNormalMoments.LogVariance(Mean, Sd);

    /// <inheritdoc/>
    public override double MeanPerMonth => Mean;

    /// <inheritdoc/>
    public override double SdPerMonth => Sd;

    /// <inheritdoc/>
    public override double AtNormalScore(double z) => Math.Exp(LogMean + (LogSd * z));
}
