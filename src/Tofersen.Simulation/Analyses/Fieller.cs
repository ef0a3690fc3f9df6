namespace Tofersen.Simulation.Analyses;

/// <summary>Confidence sets of ratios.</summary>
internal static class Fieller
{
    /// <summary>The set of ρ for which numerator − ρ · denominator is not significantly different from zero.</summary>
    /// <remarks>Fieller 1954, doi 10.1111/j.2517-6161.1954.tb00159.x: (N − ρD)² ≤ t²(vN − 2ρc + ρ²vD), a quadratic Aρ² − 2Bρ + C ≤ 0.
    /// A > 0, a denominator significantly different from zero, makes an interval.</remarks>
    /// <param name="numerator">Estimate above.</param>
    /// <param name="denominator">Estimate below.</param>
    /// <param name="numeratorVariance">Variance of the numerator.</param>
    /// <param name="denominatorVariance">Variance of the denominator.</param>
    /// <param name="covariance">Covariance of the two.</param>
    /// <param name="quantile">Critical value t, positive.</param>
    internal static RatioInterval Interval(
        double numerator,
        double denominator,
        double numeratorVariance,
        double denominatorVariance,
        double covariance,
        double quantile)
    {
        double ratio = numerator / denominator;
        double square = quantile * quantile;
        double a = (denominator * denominator) - (square * denominatorVariance);
        double b = (numerator * denominator) - (square * covariance);
        double c = (numerator * numerator) - (square * numeratorVariance);
        double discriminant = (b * b) - (a * c);
        if (double.IsNaN(discriminant))
        {
            return new RatioInterval(double.NaN, double.NaN, double.NaN, RatioIntervalKind.Unbounded);
        }

        if (!(a > 0) && !(discriminant > 0))
        {
            return new RatioInterval(ratio, double.NegativeInfinity, double.PositiveInfinity, RatioIntervalKind.Unbounded);
        }

        // The root that adds like signs first; the other follows from the product of the two.
        double sum = b + Math.CopySign(Math.Sqrt(Math.Max(discriminant, 0)), b);
        double first = sum / a;
        double second = sum == 0 ? 0 : c / sum;
        return new RatioInterval(
            ratio,
            Math.Min(first, second),
            Math.Max(first, second),
            a > 0 ? RatioIntervalKind.Bounded : RatioIntervalKind.Exclusive);
    }
}
