using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>A stretch of calendar time in which visits are missed: an epidemic, a closed centre.</summary>
/// <remarks>Each visit after baseline that would fall into it is missed with <see cref="Probability"/>, independently of all else: missing
/// completely at random, but for many at once. Calendar time runs from the opening of enrolment; without a model of enrolment everybody
/// is randomised then.</remarks>
public sealed record MissedVisitBlock
{
    /// <summary>Beginning, in calendar weeks since enrolment opened; from 0 to 10,000.</summary>
    public required double FromWeek { get; init => field = Require.InRange(value, 0, 1e4); }

    /// <summary>Length in weeks; above 0, at most 10,000.</summary>
    public required double Weeks { get; init => field = Require.Above(value, 0, 1e4); }

    /// <summary>Probability that a visit in the block is missed; 1 by default.</summary>
    public double Probability { get; init => field = Require.Probability(value); } = 1;
}
