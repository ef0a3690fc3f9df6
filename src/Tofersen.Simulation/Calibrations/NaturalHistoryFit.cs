using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Natural history fitted to data: the strata and what ends follow-up.</summary>
public sealed record NaturalHistoryFit
{
    /// <summary>The strata, in order of their names; one, called <c>all</c>, where the data have none.</summary>
    public required ValueList<StratumFit> Strata { get; init; }

    /// <summary>Where the times of dropout come from.</summary>
    public required DropoutBasis DropoutBasis { get; init; }

    /// <summary>Planned last visit, in months, against which dropout was judged; NaN with <see cref="DropoutBasis.FollowUp"/>.</summary>
    public required double PlannedLastMonth { get; init; }

    /// <summary>Hazards of the ways in which follow-up ends, of all strata together.</summary>
    public required ValueList<DropoutFit> Dropout { get; init; }

    /// <summary>The strata as the population of a scenario.</summary>
    /// <returns>The population.</returns>
    /// <exception cref="InvalidOperationException">A stratum has a <see cref="StratumFit.Problem"/>.</exception>
    public PopulationModel ToPopulation() => new() { Strata = [.. Strata.Select(s => s.ToStratum())] };

    /// <summary>The hazards that are above zero, as what ends follow-up in a scenario.</summary>
    /// <returns>Constant hazards.</returns>
    /// <exception cref="InvalidOperationException">A hazard has a <see cref="DropoutFit.Problem"/>.</exception>
    public ObservationModel ToObservation() =>
        new() { Events = [.. Dropout.Where(d => d.PerWeek.Value != 0).Select(d => d.ToHazard())] };
}
