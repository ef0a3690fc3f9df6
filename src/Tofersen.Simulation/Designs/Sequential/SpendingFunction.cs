using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs.Sequential;

/// <summary>How much of an error probability may be used up by an information fraction.</summary>
/// <remarks>Rises from 0 at no information to the whole at the planned information, and stays there. Critical values follow from what is
/// spent between two looks, so neither the number of looks nor their fractions need be known beforehand. Reference: Lan and DeMets,
/// Biometrika 70 (1983) 659–663.</remarks>
public abstract record SpendingFunction : BoundaryShape
{
    private protected SpendingFunction()
    {
    }

    /// <summary>What is spent by an information fraction.</summary>
    /// <param name="informationFraction">Information over planned information; at least 0, from 1 on everything is spent.</param>
    /// <param name="total">The error probability to spend in all, in (0, 1).</param>
    /// <returns>The cumulative error probability spent, from 0 to <paramref name="total"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public double Spent(double informationFraction, double total)
    {
        Require.InRange(informationFraction, 0, double.MaxValue, nameof(informationFraction));
        Require.Above(total, 0, 1, nameof(total));
        return informationFraction >= 1 ? total
            : informationFraction > 0 ? Math.Min(Partly(informationFraction, total), total)
            : 0;
    }

    /// <summary>What is spent by a fraction in (0, 1).</summary>
    internal abstract double Partly(double informationFraction, double total);
}
