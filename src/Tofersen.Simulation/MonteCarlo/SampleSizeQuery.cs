using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>Asks how many participants an analysis needs for a power.</summary>
public sealed record SampleSizeQuery : PowerSearch
{
    /// <summary>Smallest number of participants that is tried, from 2 to 1,000,000; 20 by default, or as many as the cohorts of a dose-ranging
    /// trial need.</summary>
    public int? Minimum { get; init => field = value is { } n ? Require.InRange(n, 2, 1_000_000) : null; }

    /// <summary>Largest number of participants that is tried, from 2 to 1,000,000; 20,000 by default. A power that is not reached there counts
    /// as out of reach.</summary>
    public int Maximum { get; init => field = Require.InRange(value, 2, 1_000_000); } = 20_000;

    /// <summary>What numbers of participants are multiples of, from 1 to 1,000; by default the sum of the allocation's terms, so that the arms can
    /// have their planned ratio: 2 for 1:1, 3 for 2:1.</summary>
    public int? Multiple { get; init => field = value is { } multiple ? Require.InRange(multiple, 1, 1_000) : null; }
}
