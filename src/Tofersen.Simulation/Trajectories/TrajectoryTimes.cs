namespace Tofersen.Simulation.Trajectories;

/// <summary>The times at which a trajectory is wanted.</summary>
/// <param name="months">Calendar months since randomisation; length T.</param>
/// <param name="diseaseMonths">Disease age at the same moments: months of untreated decline since randomisation; equal to
/// <paramref name="months"/> where treatment does not slow the disease.</param>
public readonly ref struct TrajectoryTimes(ReadOnlySpan<double> months, ReadOnlySpan<double> diseaseMonths)
{
    /// <summary>Calendar months since randomisation.</summary>
    public ReadOnlySpan<double> Months { get; } = months;

    /// <summary>Disease age since randomisation, in months of untreated decline.</summary>
    public ReadOnlySpan<double> DiseaseMonths { get; } = diseaseMonths;
}
