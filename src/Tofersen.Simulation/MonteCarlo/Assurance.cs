using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Assurance: power averaged over a prior distribution of the effect.</summary>
/// <remarks>Also called expected power or probability of success (O'Hagan, Stevens and Campbell 2005, doi 10.1002/pst.175). Closed form
/// for a normal estimate with known standard error; otherwise run one scenario for each of a few effects and average their power with
/// the prior's weights.</remarks>
public static class Assurance
{
    /// <summary>Probability of a two-sided test at level α rejecting in favour of treatment, for a normal estimate with known standard error
    /// and a normal prior of the effect: Φ((m − z s) / √(s² + σ²)).</summary>
    /// <remarks>On a scale where smaller is better, turn the prior's sign. Rejection against treatment is not counted: it is the same formula
    /// with −m.</remarks>
    /// <param name="prior">Prior of the effect, positive in favour of treatment.</param>
    /// <param name="standardError">Standard error of the estimate; above 0.</param>
    /// <param name="alpha">Two-sided level, from 10⁻⁶ to 0.5.</param>
    /// <returns>The probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static double OfNormalEstimate(NormalPrior prior, double standardError, double alpha = 0.05)
    {
        ArgumentNullException.ThrowIfNull(prior);
        Require.Above(standardError, 0, 1e6, nameof(standardError));
        Require.InRange(alpha, 1e-6, 0.5, nameof(alpha));
        double critical = StudentT.TwoSidedCriticalValue(alpha, double.PositiveInfinity);
        double spread = Math.Sqrt((standardError * standardError) + (prior.Sd * prior.Sd));
        return MathNet.Numerics.Distributions.Normal.CDF(0, 1, (prior.Mean - (critical * standardError)) / spread);
    }

    /// <summary>Weighted mean of the power of one analysis under several scenarios.</summary>
    /// <remarks>The Monte Carlo error is √(Σ w² e²) and takes the runs as independent: give each a seed of its own. With one seed for all the
    /// errors go together, up to Σ w e. It does not hold the error of replacing a prior by a few effects.</remarks>
    /// <param name="runs">Weight and operating characteristics of each scenario. Weights are from 0 and need not sum to 1.</param>
    /// <returns>The assurance with its Monte Carlo standard error.</returns>
    /// <exception cref="ArgumentException">There are no runs, a weight is negative or not finite, all are 0, or the runs have different
    /// levels.</exception>
    public static MonteCarloValue OfRuns(IReadOnlyList<(double Weight, OperatingCharacteristics Run)> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        double weights = 0;
        double power = 0;
        double variance = 0;
        foreach ((double weight, OperatingCharacteristics run) in runs)
        {
            ArgumentNullException.ThrowIfNull(run, nameof(runs));
            Require.InRange(weight, 0, 1e9, nameof(runs));
            if (run.Alpha != runs[0].Run.Alpha)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Must all have one level; there are {runs[0].Run.Alpha} and {run.Alpha}."), nameof(runs));
            }

            weights += weight;
            power += weight * run.Power;
            variance += weight * weight * run.MonteCarloError * run.MonteCarloError;
        }

        return weights > 0
            ? new MonteCarloValue(power / weights, Math.Sqrt(variance) / weights)
            : throw new ArgumentException("Must hold a run with a weight above 0.", nameof(runs));
    }
}
