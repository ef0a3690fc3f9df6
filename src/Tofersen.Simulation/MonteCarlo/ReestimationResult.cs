namespace Tofersen.Simulation.MonteCarlo;

/// <summary>What a blinded change of the number of participants comes to over the replicates.</summary>
public sealed record ReestimationResult
{
    /// <summary>Replicates in which the number was set from the data.</summary>
    public required int Held { get; init; }

    /// <summary>Replicates in which the data gave no standard deviation, so that the planned number stayed.</summary>
    public required int Failed { get; init; }

    /// <summary>Replicates in which the trial had stopped before.</summary>
    public required int NotHeld { get; init; }

    /// <summary>The new number of participants, where it was set or stayed.</summary>
    public required SampleSummary Participants { get; init; }

    /// <summary>The pooled standard deviation.</summary>
    public required SampleSummary PooledSd { get; init; }

    /// <summary>Share of the replicates of <see cref="Participants"/> with the minimum.</summary>
    public required MonteCarloValue ShareAtMinimum { get; init; }

    /// <summary>Share of the replicates of <see cref="Participants"/> with the maximum.</summary>
    public required MonteCarloValue ShareAtMaximum { get; init; }

    /// <summary>Share of the replicates of <see cref="Participants"/> in which more had entered than the data asked for.</summary>
    public required MonteCarloValue ShareOvertaken { get; init; }
}
