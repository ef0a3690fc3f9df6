using Tofersen.Simulation.Common;
using Tofersen.Simulation.Scenarios;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>What searches for the place where an analysis reaches a power find.</summary>
public abstract record PowerSearchResult
{
    private protected PowerSearchResult()
    {
    }

    /// <summary>The scenario at the answer, with the one analysis; at the end of the range where power is highest without one.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Name of the analysis.</summary>
    public required string Analysis { get; init; }

    /// <summary>The power that was asked for.</summary>
    public required double Target { get; init; }

    /// <summary>The relative precision that was asked for.</summary>
    public required double Precision { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How the search ended.</summary>
    public required PowerSearchStatus Status { get; init; }

    /// <summary>Where the fitted power equals the target, not rounded; NaN unless <see cref="Status"/> is
    /// <see cref="PowerSearchStatus.Found"/>.</summary>
    public required double Crossing { get; init; }

    /// <summary>Lower limit of the 95 % Monte Carlo interval of <see cref="Crossing"/>; NaN without one.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper limit of the 95 % Monte Carlo interval of <see cref="Crossing"/>; NaN without one.</summary>
    public required double Upper { get; init; }

    /// <summary>Whether the interval is as narrow as was asked for, or an answer was clear without one.</summary>
    public required bool IsPrecise { get; init; }

    /// <summary>Power at the answer with its Monte Carlo error: that of the fitted curve where a crossing was found, that of the replicates at the end of
    /// the range otherwise, which is the ceiling where the target is out of reach.</summary>
    public required MonteCarloValue Power { get; init; }

    /// <summary>Whether a power that is out of reach still rises towards the end of the range, beyond twice its Monte Carlo error; false
    /// otherwise.</summary>
    public required bool StillRises { get; init; }

    /// <summary>Every value that was simulated, in rising order.</summary>
    public required ValueList<SimulatedPower> Tried { get; init; }

    /// <summary>Number of simulated trials in all.</summary>
    public required long Replicates { get; init; }

    /// <summary>Number of simulated participants in all.</summary>
    public required long SimulatedParticipants { get; init; }

    /// <summary>What the search cost, in power figures: simulated participants over those of 10,000 trials of <see cref="Scenario"/>.</summary>
    public double Cost => SimulatedParticipants / ((double)PowerSampler.FigureReplicates * Scenario.Design.Participants);
}
