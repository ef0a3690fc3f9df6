using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Scenarios.Sequential;

/// <summary>Information is 1/SE² of the estimate that a look tests, against a planned maximum.</summary>
public sealed record StatisticalInformation : TrialInformation
{
    /// <summary>Planned information at the end of the trial, 1/SE² in the units of the estimate; above 0, at most 10¹².</summary>
    public required double Maximum { get; init => field = Require.Above(value, 0, 1e12); }

    /// <summary>Fewest participants in an analysis whose standard error may time a look, from 2 to 1,000,000; 20 by default, an assumption. The
    /// standard errors of a few participants are small by chance at times: a look that waits for the first small one comes far too early and rejects too
    /// often.</summary>
    public int MinimumParticipants { get; init => field = Require.InRange(value, 2, 1_000_000); } = 20;

    /// <summary>Weeks between the days on which the standard error is looked at in order to time a look, from 0.5 to 520; 4 by default, an
    /// assumption.</summary>
    public double MonitoringWeeks { get; init => field = Require.InRange(value, 0.5, 520); } = 4;
}
