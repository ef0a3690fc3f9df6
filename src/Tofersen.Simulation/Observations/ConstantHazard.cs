namespace Tofersen.Simulation.Observations;

/// <summary>A hazard that stays the same for everybody at all times.</summary>
public sealed record ConstantHazard : EventHazard;
