using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Reporting.Figures;

/// <summary>Estimates of one analysis.</summary>
/// <param name="Name">Name of the analysis.</param>
/// <param name="Values">The estimate of each replicate, in order; NaN where the analysis gave none.</param>
public sealed record AnalysisEstimates(string Name, ValueList<double> Values);
