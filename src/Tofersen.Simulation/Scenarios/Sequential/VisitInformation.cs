using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Scenarios.Sequential;

/// <summary>Information is the number of participants who have come to a visit, against all who are planned to enrol.</summary>
/// <remarks>Somebody who has left follow-up counts when the visit would have been: all of a trial's participants come to it, and the
/// fraction of the whole trial is 1. Right where those who are missing are as many at each look; an analysis of one visit.</remarks>
public sealed record VisitInformation : TrialInformation
{
    /// <summary>The visit, in weeks since randomisation; a scheduled visit after baseline.</summary>
    public required double Week { get; init => field = Require.Above(value, 0, 2_000); }
}
