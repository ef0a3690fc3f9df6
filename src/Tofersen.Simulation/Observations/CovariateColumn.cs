using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>A baseline column of a trial's data: a number for each participant, or a level of a factor.</summary>
public sealed record CovariateColumn
{
    /// <summary>Name, unique in the trial.</summary>
    public required string Name { get; init => field = Require.Text(value); }

    /// <summary>Level names of a factor, in order, the reference first; empty for a continuous covariate. A factor's column
    /// holds positions in this list.</summary>
    public ValueList<string> Levels { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Whether the column is a factor.</summary>
    public bool IsFactor => Levels.Count > 0;
}
