namespace Tofersen.Simulation.Analyses;

/// <summary>A ratio of two estimates with Fieller's confidence set.</summary>
/// <param name="Ratio">The ratio of the estimates.</param>
/// <param name="Lower">Lower limit; of an exclusive set the end of its lower part.</param>
/// <param name="Upper">Upper limit; of an exclusive set the beginning of its upper part.</param>
/// <param name="Kind">Whether the set lies between the limits, outside them, or is everything.</param>
public readonly record struct RatioInterval(double Ratio, double Lower, double Upper, RatioIntervalKind Kind)
{
    /// <summary>Whether a value belongs to the set.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Whether the data are compatible with it.</returns>
    public bool Contains(double value) => Kind switch
    {
        RatioIntervalKind.Bounded => value >= Lower && value <= Upper,
        RatioIntervalKind.Exclusive => value <= Lower || value >= Upper,
        _ => !double.IsNaN(value),
    };
}
