namespace Tofersen.Simulation.Calibrations;

/// <summary>How far a calibration has come; how many evaluations it takes is not known before.</summary>
/// <param name="Evaluations">Sets of parameters that were tried.</param>
/// <param name="Replicates">Simulated trials of each.</param>
/// <param name="LowestMisfit">Lowest misfit so far: the sum of squares that the fit minimises. Sets that were tried for derivatives count.</param>
public readonly record struct CalibrationProgress(int Evaluations, int Replicates, double LowestMisfit);
