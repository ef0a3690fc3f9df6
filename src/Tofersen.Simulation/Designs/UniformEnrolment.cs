using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Designs;

/// <summary>Participants enrol evenly over a number of weeks.</summary>
public sealed record UniformEnrolment : Enrolment
{
    /// <summary>Weeks from the opening of enrolment to its end; above 0, at most 2,000.</summary>
    public required double Weeks { get; init => field = Require.Above(value, 0, 2_000); }

    internal override double WeekOf(double share, int participants) => share * Weeks;
}
