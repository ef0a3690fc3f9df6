namespace Tofersen.Simulation.MonteCarlo;

/// <summary>How far a run has come.</summary>
/// <param name="Completed">Replicates that are done.</param>
/// <param name="Planned">Replicates in all.</param>
public readonly record struct RunProgress(int Completed, int Planned);
