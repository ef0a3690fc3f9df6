namespace Tofersen.Simulation.MonteCarlo;

/// <summary>A simulated quantity with its Monte Carlo standard error.</summary>
/// <param name="Value">The value.</param>
/// <param name="MonteCarloError">Its Monte Carlo standard error.</param>
public readonly record struct MonteCarloValue(double Value, double MonteCarloError)
{
    /// <summary>The share of some of a number of independent draws, with its binomial standard error; NaN of none.</summary>
    internal static MonteCarloValue OfShare(double count, double of)
    {
        double share = count / of;
        return new MonteCarloValue(share, Math.Sqrt(share * (1 - share) / of));
    }
}
