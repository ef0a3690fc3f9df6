using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.MonteCarlo;

/// <summary>That two priors go together: the correlation of the Gaussian copula that joins them.</summary>
/// <remarks>Their rank correlation (Spearman) is 6/π · asin(ρ/2), a little below ρ.</remarks>
public sealed record PriorCorrelation
{
    /// <summary>Name of a prior.</summary>
    public required string First { get; init => field = Require.Text(value); }

    /// <summary>Name of another one.</summary>
    public required string Second { get; init => field = Require.Text(value); }

    /// <summary>Correlation of the two normal scores; above −1 and below 1.</summary>
    public required double Correlation { get; init => field = Require.InRange(value, -0.9999, 0.9999); }
}
