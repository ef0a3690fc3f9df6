namespace Tofersen.Simulation.Analyses;

/// <summary>How much later the early-start arm reaches a level that the delayed-start arm has reached: the horizontal distance between two
/// mean curves, in months.</summary>
/// <remarks>The curves are LS means, straight between visits. At the last week t the early arm has a mean that the delayed arm had at an
/// earlier time s: the time saved is t − s. Where the early arm is worse it is the other way round, and the time saved is negative. The
/// standard error is the delta method's: that of the vertical distance at s over the slope there. NaN where the other curve does not pass
/// the level exactly once after its first point, or where a mean of it up to there cannot be estimated.</remarks>
/// <param name="Months">Time saved, in months.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Lower">Lower limit of the confidence interval, from the normal distribution.</param>
/// <param name="Upper">Upper limit.</param>
public readonly record struct TimeSaved(double Months, double StandardError, double Lower, double Upper);
