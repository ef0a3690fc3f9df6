namespace Tofersen.Simulation.Analyses;

/// <summary>One point of a Kaplan–Meier curve.</summary>
/// <param name="Time">The time.</param>
/// <param name="AtRisk">Number at risk just before it.</param>
/// <param name="Events">Events at it.</param>
/// <param name="Censored">Censorings at it.</param>
/// <param name="Survival">Estimated probability of being free of the event after it.</param>
/// <param name="StandardError">Greenwood standard error; NaN where the curve is 0.</param>
/// <param name="Lower">Lower limit; NaN where the curve is 1 or 0.</param>
/// <param name="Upper">Upper limit; NaN where the curve is 1 or 0.</param>
public readonly record struct SurvivalPoint(
    double Time, int AtRisk, int Events, int Censored, double Survival, double StandardError, double Lower, double Upper);
