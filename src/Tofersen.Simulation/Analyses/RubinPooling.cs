using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>An estimate pooled over imputations by Rubin's rules.</summary>
/// <remarks>With M imputations, mean within-imputation variance Ū and variance B between estimates: T = Ū + (1 + 1/M) B,
/// λ = (1 + 1/M) B / T. Rubin 1987, doi 10.1002/9780470316696; Barnard and Rubin 1999, doi 10.1093/biomet/86.4.948.</remarks>
public readonly record struct RubinPooling
{
    /// <summary>Number of imputations, M.</summary>
    public int Imputations { get; private init; }

    /// <summary>Mean of the estimates.</summary>
    public double Estimate { get; private init; }

    /// <summary>Ū: mean of the squared standard errors.</summary>
    public double WithinVariance { get; private init; }

    /// <summary>B: variance of the estimates.</summary>
    public double BetweenVariance { get; private init; }

    /// <summary>T: variance of the pooled estimate.</summary>
    public double TotalVariance { get; private init; }

    /// <summary>λ: share of the total variance that is due to missing data.</summary>
    public double Lambda { get; private init; }

    /// <summary>r = (1 + 1/M) B / Ū: relative increase of the variance due to missing data.</summary>
    public double RelativeIncrease { get; private init; }

    /// <summary>(r + 2 / (ν + 3)) / (r + 1): fraction of information about the estimate that is missing.</summary>
    public double FractionMissing { get; private init; }

    /// <summary>Degrees of freedom that the complete data would have; infinite for a normal test.</summary>
    public double CompleteDegreesOfFreedom { get; private init; }

    /// <summary>(M − 1) / λ²: those of Rubin for large samples.</summary>
    public double RubinDegreesOfFreedom { get; private init; }

    /// <summary>(ν₀ + 1) / (ν₀ + 3) · ν₀ (1 − λ) with ν₀ of the complete data: those of the observed data.</summary>
    public double ObservedDegreesOfFreedom { get; private init; }

    /// <summary>1 / (1 / Rubin + 1 / observed): those of Barnard and Rubin.</summary>
    public double BarnardRubinDegreesOfFreedom { get; private init; }

    /// <summary>Standard error of the pooled estimate.</summary>
    public double StandardError => Math.Sqrt(TotalVariance);

    /// <summary>Pools estimates.</summary>
    /// <param name="estimates">The estimate from each imputation; at least 2.</param>
    /// <param name="variances">Its squared standard error, at least 0; as many.</param>
    /// <param name="completeDegreesOfFreedom">Degrees of freedom that the complete data would have, above 0; infinite for a normal
    /// test.</param>
    /// <returns>The pooled estimate.</returns>
    /// <exception cref="ArgumentException">Fewer than 2 estimates, or not as many variances.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not above 0.</exception>
    public static RubinPooling Pool(
        ReadOnlySpan<double> estimates, ReadOnlySpan<double> variances, double completeDegreesOfFreedom)
    {
        if (estimates.Length < 2)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Holds {estimates.Length} estimates; at least 2 are needed."), nameof(estimates));
        }

        Require.SameLength(variances.Length, estimates.Length, nameof(variances), nameof(estimates));
        Require.Above(completeDegreesOfFreedom, 0, double.PositiveInfinity, nameof(completeDegreesOfFreedom));

        int m = estimates.Length;
        double mean = Mean(estimates);
        double within = Mean(variances);
        double squares = 0;
        foreach (double estimate in estimates)
        {
            squares += (estimate - mean) * (estimate - mean);
        }

        double between = squares / (m - 1);
        double added = (1 + (1.0 / m)) * between;
        double total = within + added;
        double lambda = total > 0 ? added / total : 0;
        double increase = within > 0 ? added / within : added > 0 ? double.PositiveInfinity : 0;
        double rubin = (m - 1) / (lambda * lambda);
        double observed = double.IsPositiveInfinity(completeDegreesOfFreedom)
            ? double.PositiveInfinity
            : (completeDegreesOfFreedom + 1) / (completeDegreesOfFreedom + 3) * completeDegreesOfFreedom * (1 - lambda);
        double both = 1 / ((1 / rubin) + (1 / observed));
        return new RubinPooling
        {
            Imputations = m,
            Estimate = mean,
            WithinVariance = within,
            BetweenVariance = between,
            TotalVariance = total,
            Lambda = lambda,
            RelativeIncrease = increase,

            // (r + c) / (r + 1) with r = λ / (1 − λ), which stays finite without variance within.
            FractionMissing = lambda + (2 / (both + 3) * (1 - lambda)),
            CompleteDegreesOfFreedom = completeDegreesOfFreedom,
            RubinDegreesOfFreedom = rubin,
            ObservedDegreesOfFreedom = observed,
            BarnardRubinDegreesOfFreedom = both,
        };
    }

    internal double DegreesOfFreedom(PooledDegreesOfFreedom method) =>
        method == PooledDegreesOfFreedom.Rubin ? RubinDegreesOfFreedom : BarnardRubinDegreesOfFreedom;

    // About the first value, so that estimates that agree have no variance at all.
    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value - values[0];
        }

        return values[0] + (sum / values.Length);
    }
}
