namespace Tofersen.Simulation.MonteCarlo;

/// <summary>An analysis in the trial that ends at one of the scheduled visits.</summary>
public sealed record FollowUpWeek
{
    /// <summary>End of follow-up, in weeks since randomisation.</summary>
    public required double Week { get; init; }

    /// <summary>Whether it is the placebo-controlled period alone of a delayed-start trial.</summary>
    public required bool IsWithoutExtension { get; init; }

    /// <summary>Power, estimate and errors of the analysis.</summary>
    public required OperatingCharacteristics Characteristics { get; init; }

    /// <summary>The best week against this one, on the same participants: the difference is what this end of follow-up costs in power.</summary>
    public required PairedComparison BestAgainstThis { get; init; }
}
