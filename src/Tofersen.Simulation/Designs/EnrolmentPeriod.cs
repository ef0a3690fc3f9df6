using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs;

/// <summary>A stretch of calendar time in which enrolment has one rate.</summary>
public sealed record EnrolmentPeriod
{
    /// <summary>Length in weeks; above 0, at most 2,000. Of no account in the last period, which lasts until enough have enrolled.</summary>
    public required double Weeks { get; init => field = Require.Above(value, 0, 2_000); }

    /// <summary>Participants a week, from 0 to 1,000,000.</summary>
    public required double PerWeek { get; init => field = Require.InRange(value, 0, 1e6); }
}
