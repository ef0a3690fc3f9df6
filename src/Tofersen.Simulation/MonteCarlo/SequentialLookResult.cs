namespace Tofersen.Simulation.MonteCarlo;

/// <summary>What becomes of one look of a sequential trial over the replicates.</summary>
/// <remarks>Counts and probabilities are of all replicates, those that had stopped before included.</remarks>
public sealed record SequentialLookResult
{
    /// <summary>Name of the analysis that is tested.</summary>
    public required string Analysis { get; init; }

    /// <summary>Planned information fraction.</summary>
    public required double PlannedInformation { get; init; }

    /// <summary>Critical value at the planned information fraction; +∞ where the look cannot stop for efficacy.</summary>
    public required double PlannedEfficacyZ { get; init; }

    /// <summary>Futility bound at the planned information fraction; −∞ where the look cannot stop for futility.</summary>
    public required double PlannedFutilityZ { get; init; }

    /// <summary>Replicates in which the look was held and its analysis gave numbers.</summary>
    public required int Held { get; init; }

    /// <summary>Replicates in which the trial had not stopped before, and the look did not come up before its end.</summary>
    public required int NotHeld { get; init; }

    /// <summary>Replicates in which the look's analysis gave no numbers.</summary>
    public required int Failed { get; init; }

    /// <summary>Probability that the trial stops here for efficacy; at the end of the trial, that it rejects there.</summary>
    public required MonteCarloValue Efficacy { get; init; }

    /// <summary>Probability that the trial stops here for futility; none at the end of the trial.</summary>
    public required MonteCarloValue Futility { get; init; }

    /// <summary>Probability that the futility boundary is crossed here and the trial goes on in spite of it.</summary>
    public required MonteCarloValue FutilityIgnored { get; init; }

    /// <summary>Week of the calendar of the look, since enrolment opened, where it took place.</summary>
    public required SampleSummary Weeks { get; init; }

    /// <summary>Information fraction of the look where it was held and the plan measures it; empty otherwise.</summary>
    public required SampleSummary Information { get; init; }

    /// <summary>Estimates of the trials that ended at this look.</summary>
    public required SampleSummary Estimates { get; init; }

    /// <summary>Estimates of the trials that stopped here for efficacy; at the end of the trial, of those that rejected there.</summary>
    public required SampleSummary EfficacyEstimates { get; init; }

    /// <summary>True value of what the look estimates; NaN where there is none.</summary>
    public required double TrueValue { get; init; }

    /// <summary>Mean estimate of the trials that ended at this look − true value.</summary>
    public double Bias => Estimates.Mean - TrueValue;
}
