namespace Tofersen.Simulation.Trajectories;

/// <summary>The two parameters of a participant's D50 curve, 48 / (1 + exp((t − D50) / dx)).</summary>
/// <param name="D50Months">Months from symptom onset until the score is 24; NaN where the months since onset are not known.</param>
/// <param name="ShapeMonths">dx, in months: the fastest loss is 12 / dx points per month, at D50. Infinite without decline, below 0
/// with improvement.</param>
public readonly record struct SigmoidShape(double D50Months, double ShapeMonths)
{
    /// <summary>Disease time relative to D50: t / (2 · D50), 0.5 where the score is 24.</summary>
    /// <param name="monthsSinceOnset">Months since symptom onset.</param>
    /// <returns>The relative D50, without unit.</returns>
    public double RelativeD50(double monthsSinceOnset) => monthsSinceOnset / (2 * D50Months);
}
