namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Power of an analysis as far as a run has come.</summary>
/// <param name="Analysis">Name of the analysis.</param>
/// <param name="Rejected">Replicates in which it rejects; of an assurance, in favour of treatment.</param>
/// <param name="Replicates">Replicates so far, those included in which the analysis failed.</param>
public readonly record struct RunningPower(string Analysis, long Rejected, long Replicates)
{
    /// <summary>Share of the replicates in which it rejects; NaN before the first.</summary>
    public double Power => (double)Rejected / Replicates;

    /// <summary>Monte Carlo standard error of <see cref="Power"/>, √(p (1 − p) / n); NaN before the first replicate.</summary>
    public double MonteCarloError => Math.Sqrt(Power * (1 - Power) / Replicates);
}
