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
    private const double Largest = 10;

    /// <summary>Why the hazard cannot be part of a scenario; null where it can.</summary>
    public string? Problem => PerWeek.Value is >= 0 and <= Largest ? null : FormattableString.Invariant(
        $"{Events} participants in {ExposureWeeks:0.##} weeks of follow-up give no hazard of at most {Largest} a week");

    /// <summary>The hazard as part of a scenario.</summary>
    /// <returns>A constant hazard.</returns>
    /// <exception cref="InvalidOperationException">There is a <see cref="Problem"/>.</exception>
    public EventHazard ToHazard() => Problem is { } problem
        ? throw new InvalidOperationException($"{Kind} cannot be part of a scenario: {problem}.")
        : new ConstantHazard { Kind = Kind, PerWeek = PerWeek.Value };
}
