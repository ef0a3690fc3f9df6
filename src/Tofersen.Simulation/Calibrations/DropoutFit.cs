using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Calibrations;

/// <summary>The hazard of one way in which follow-up ends, taken as constant.</summary>
/// <param name="Kind">How follow-up ends.</param>
/// <param name="Events">Participants whose follow-up ended so.</param>
/// <param name="ExposureWeeks">Weeks of follow-up, added up over all participants; with <see cref="DropoutBasis.LastVisit"/> weeks to the
/// last score.</param>
/// <param name="PerWeek">Hazard per week: maximum likelihood.</param>
public sealed record DropoutFit(EventKind Kind, int Events, double ExposureWeeks, NaturalHistoryEstimate PerWeek)
{
    /// <summary>The hazard as part of a scenario.</summary>
    /// <returns>A constant hazard.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The hazard is not defined, or above what a scenario takes.</exception>
    public EventHazard ToHazard() => new ConstantHazard { Kind = Kind, PerWeek = PerWeek.Value };
}
