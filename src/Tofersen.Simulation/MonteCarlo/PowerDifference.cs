namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How the power of an analysis in a cell differs from that in the reference.</summary>
/// <param name="Analysis">Name of the analysis, which both have.</param>
/// <param name="Comparison">The cell first, the reference second: a positive difference is more power in the cell.</param>
public sealed record PowerDifference(string Analysis, PairedComparison Comparison);
