using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How the success of an analysis depends on one prior.</summary>
public sealed record PriorContribution
{
    /// <summary>Name of the prior.</summary>
    public required string Prior { get; init; }

    /// <summary>Success by parts of the prior, from low to high values.</summary>
    public required ValueList<PriorPart> Parts { get; init; }

    /// <summary>Drawn values of all replicates.</summary>
    public required SampleSummary Drawn { get; init; }

    /// <summary>Drawn values of the replicates with success: what is believed once the trial has succeeded.</summary>
    public required SampleSummary GivenSuccess { get; init; }

    /// <summary>Share of the variance of success (yes or no) that lies between the parts, corrected for chance; NaN where success is certain or
    /// impossible, or fewer than two replicates fall into a part on average.</summary>
    /// <remarks>ε² of a one-way analysis of variance: (S_b − (k − 1) s²) / S, with S the total sum of squares, S_b that between the k parts, and s² the
    /// mean square within them. A prior that does nothing has a share of 0 give or take √(2 (k − 1)) / n, so that it may be a little below 0. Even a prior
    /// that decides over power leaves most of the variance to the participants who happen to enrol.</remarks>
    public double VarianceShare
    {
        get
        {
            double n = Parts.Sum(p => (double)p.Drawn);
            double mean = Parts.Sum(p => (double)p.Successes) / n;
            double total = n * mean * (1 - mean);
            int used = Parts.Count(p => p.Drawn > 0);
            if (!(total > 0) || n < 2 * used)
            {
                return double.NaN;
            }

            double within = Parts.Sum(p => p.Drawn > 0 ? p.Successes * (1 - p.Success) : 0);
            return (total - within - ((used - 1) * within / (n - used))) / total;
        }
    }
}
