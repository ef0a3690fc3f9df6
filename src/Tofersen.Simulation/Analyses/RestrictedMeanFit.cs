namespace Tofersen.Simulation.Analyses;

/// <summary>Restricted mean survival times of two arms.</summary>
/// <param name="Difference">Active − control, in months, with its test.</param>
/// <param name="Control">Restricted mean of the control or delayed-start arm, in months; NaN where it is not defined.</param>
/// <param name="Active">Restricted mean of the active or early-start arm, in months; NaN where it is not defined.</param>
public sealed record RestrictedMeanFit(AnalysisResult Difference, Coefficient Control, Coefficient Active);
