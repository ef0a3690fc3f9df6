namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Mean and spread of a simulated sample.</summary>
/// <param name="Count">Size of the sample.</param>
/// <param name="Mean">Mean; NaN for an empty sample.</param>
/// <param name="StandardDeviation">Standard deviation; NaN for fewer than two.</param>
public readonly record struct SampleSummary(long Count, double Mean, double StandardDeviation)
{
    /// <summary>Monte Carlo standard error of the mean.</summary>
    public double MonteCarloError => StandardDeviation / Math.Sqrt(Count);

    internal static SampleSummary FromSums(long count, double sum, double squares)
    {
        double mean = sum / count;
        double variance = count > 1 ? (squares - (count * mean * mean)) / (count - 1) : double.NaN;
        return new SampleSummary(count, mean, Math.Sqrt(Math.Max(0, variance)));
    }
}
