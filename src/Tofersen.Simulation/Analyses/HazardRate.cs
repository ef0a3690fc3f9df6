namespace Tofersen.Simulation.Analyses;

/// <summary>A hazard that is taken as constant over an interval of time: events by time at risk.</summary>
/// <param name="From">Start of the interval; it belongs to the interval before.</param>
/// <param name="To">End of the interval, which belongs to it; positive infinity for the last one.</param>
/// <param name="Events">Events in the interval.</param>
/// <param name="Exposure">Time at risk in the interval, added up over participants.</param>
/// <param name="Rate">Events per unit of time at risk; NaN where nobody was at risk.</param>
/// <param name="Lower">Lower limit of the exact Poisson interval.</param>
/// <param name="Upper">Upper limit of the exact Poisson interval.</param>
public readonly record struct HazardRate(
    double From, double To, int Events, double Exposure, double Rate, double Lower, double Upper);
