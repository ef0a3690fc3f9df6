using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>What a trial's data say of a class of adverse events.</summary>
public sealed record AdverseEventColumn
{
    /// <summary>Name, unique in the trial.</summary>
    public required string Name { get; init => field = Require.Text(value); }

    /// <summary>Whether the events are serious.</summary>
    public bool IsSerious { get; init; }
}
