namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>One participant of a trial with switching.</summary>
/// <param name="Observed">Time, event and stratum as observed.</param>
/// <param name="TreatedFraction">Share of the time on drug, from 0 to 1.</param>
/// <param name="IsActive">Whether randomised to the active arm.</param>
/// <param name="Censoring">Time at which follow-up would have ended without an event; at least the observed time.</param>
internal readonly record struct SwitchingEntry(EventTime Observed, double TreatedFraction, bool IsActive, double Censoring);
