namespace Tofersen.Simulation.Analyses;

/// <summary>Predicted deviations of a participant from the mean course (best linear unbiased predictions).</summary>
/// <param name="Participant">Number of the participant in the data.</param>
/// <param name="Intercept">Deviation at time zero, in points.</param>
/// <param name="Slope">Deviation of the slope, in points per month.</param>
public readonly record struct RandomEffect(int Participant, double Intercept, double Slope);
