using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Scenarios.Sequential;

/// <summary>An interim look of a sequential trial: when it is, and what is tested.</summary>
public sealed record SequentialLook
{
    /// <summary>When the look takes place.</summary>
    public required LookTiming Timing { get; init => field = Require.NotNull(value); }

    /// <summary>Name of the scenario's analysis that is tested; the plan's where null.</summary>
    public string? Analysis { get; init => field = value is null ? null : Require.Text(value); }

    /// <summary>Weeks, from 0 to 2,000, that must lie between a participant's entry and the data cut-off for the participant to be analysed;
    /// null, the default, for everybody with data. For analyses that carry values forward, or rank by them, whoever has not come to their
    /// visit.</summary>
    public double? FollowedWeeks { get; init => field = value is { } weeks ? Require.InRange(weeks, 0, 2_000) : null; }
}
