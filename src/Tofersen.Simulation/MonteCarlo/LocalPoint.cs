namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Replicates at one place of a power curve.</summary>
internal readonly record struct LocalPoint(double Place, int Replicates, int Rejected);
