using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>What a trial's data say of an endpoint besides the ALSFRS-R total.</summary>
public sealed record EndpointColumn
{
    /// <summary>Name, unique in the trial.</summary>
    public required string Name { get; init => field = Require.Text(value); }

    /// <summary>What it is, for people.</summary>
    public required string Label { get; init => field = Require.Text(value); }

    /// <summary>Unit of the values; empty for none.</summary>
    public string Unit { get; init => field = Require.NotNull(value); } = "";

    /// <summary>Whether the data hold natural logarithms of the values, so that differences are logarithms of ratios.</summary>
    public bool IsLogarithmic { get; init; }
}
