using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios.Endpoints;

/// <summary>What an endpoint needs to know of a participant's course at the visits.</summary>
internal readonly ref struct EndpointVisits
{
    internal required int Arm { get; init; }

    /// <summary>Intervals on drug.</summary>
    internal required ReadOnlySpan<ExposureInterval> Exposure { get; init; }

    /// <summary>Whether exposure and times are the arm's planned ones, for which a response is known.</summary>
    internal required bool IsPlanned { get; init; }

    /// <summary>When each visit takes place, in months.</summary>
    internal required ReadOnlySpan<double> Months { get; init; }

    /// <summary>Disease age at each visit, in months.</summary>
    internal required ReadOnlySpan<double> DiseaseMonths { get; init; }

    /// <summary>ln SOD1 ratio of the treatment effect at each visit.</summary>
    internal required ReadOnlySpan<double> LogSod1Ratio { get; init; }

    /// <summary>ln neurofilament ratio of the treatment effect at each visit.</summary>
    internal required ReadOnlySpan<double> LogNeurofilamentRatio { get; init; }
}
