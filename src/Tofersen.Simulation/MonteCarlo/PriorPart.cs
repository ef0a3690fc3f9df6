namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Success of an analysis in one part of a prior: one of several equally likely ranges, or one point of a discrete prior.</summary>
/// <param name="Lower">Least value; −∞ where the prior has none.</param>
/// <param name="Upper">Largest value; ∞ where the prior has none.</param>
/// <param name="Drawn">Replicates whose value fell here.</param>
/// <param name="Successes">Those among them with success.</param>
/// <param name="Replicates">All replicates.</param>
public readonly record struct PriorPart(double Lower, double Upper, long Drawn, long Successes, int Replicates)
{
    /// <summary>Share of the replicates whose value fell here.</summary>
    public double Mass => (double)Drawn / Replicates;

    /// <summary>Probability of success given a value here; NaN where none fell here.</summary>
    public double Success => (double)Successes / Drawn;

    /// <summary>Monte Carlo standard error of <see cref="Success"/>.</summary>
    public double MonteCarloError => Math.Sqrt(Success * (1 - Success) / Drawn);

    /// <summary>Mass times success: what the part adds to the assurance. The parts of a prior sum to it.</summary>
    public double Contribution => (double)Successes / Replicates;
}
