namespace Tofersen.Simulation.MonteCarlo;

/// <summary>What the replicates at one value of a search showed.</summary>
/// <param name="Value">The value: a number of participants, an effect.</param>
/// <param name="Replicates">Number of replicates.</param>
/// <param name="Rejected">Replicates in which the analysis rejects.</param>
/// <param name="Failed">Replicates in which it fails; they count as not rejected.</param>
public readonly record struct SimulatedPower(double Value, int Replicates, int Rejected, int Failed)
{
    /// <summary>Share of the replicates in which the analysis rejects.</summary>
    public double Power => (double)Rejected / Replicates;

    /// <summary>Monte Carlo standard error of <see cref="Power"/>, √(p (1 − p) / n).</summary>
    public double MonteCarloError => Math.Sqrt(Power * (1 - Power) / Replicates);
}
