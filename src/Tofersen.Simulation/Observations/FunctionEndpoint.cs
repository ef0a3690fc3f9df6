using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>A measure of function, such as slow vital capacity or muscle strength: a straight line for each participant, on the same disease
/// clock as the ALSFRS-R, so that treatment slows it alike.</summary>
/// <remarks>Value = baseline − loss · A(t) + error, with A the disease age; a symptomatic offset of the ALSFRS-R does not shift it. Baseline and loss
/// are correlated with the ALSFRS-R score and rate of the participant. Values, recorded or latent, stay between <see cref="Minimum"/> and
/// <see cref="Maximum"/>, so that a true difference is one of values that can be.</remarks>
public sealed record FunctionEndpoint : Endpoint
{
    /// <summary>Course in each stratum: one entry for each of the population's strata, or one without a name for all others.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public required ValueList<FunctionStratum> Strata { get; init => field = Require.NotEmpty(value); }

    /// <summary>Standard deviation of one value around the participant's line; from 0 to 10⁶.</summary>
    public double ResidualSd { get; init => field = Require.InRange(value, 0, 1e6); }

    /// <summary>Smallest value that there is; from −10⁶ to 10⁶.</summary>
    public double Minimum { get; init => field = Require.InRange(value, -1e6, 1e6); } = -1e6;

    /// <summary>Largest value that there is; from −10⁶ to 10⁶.</summary>
    public double Maximum { get; init => field = Require.InRange(value, -1e6, 1e6); } = 1e6;

    /// <inheritdoc/>
    public override bool IsLogarithmic => false;

    internal override IReadOnlyList<string> StratumNames => [.. Strata.Select(s => s.Stratum)];

    internal override void Validate()
    {
        if (Maximum <= Minimum)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The largest value of '{Name}', {Maximum}, is not above the smallest, {Minimum}."), nameof(Maximum));
        }
    }
}
