namespace Tofersen.Simulation.Treatments;

/// <summary>A stretch of time on drug: from the first dose until its dosing interval after the last one ends.</summary>
/// <param name="StartMonths">First moment on drug, in months since randomisation.</param>
/// <param name="StopMonths">First moment off drug again; positive infinity where treatment goes on.</param>
public readonly record struct ExposureInterval(double StartMonths, double StopMonths);
