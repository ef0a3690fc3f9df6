using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>The course of a function endpoint in one stratum.</summary>
public sealed record FunctionStratum
{
    /// <summary>Name of the population's stratum; empty for all that have no entry of their own.</summary>
    public string Stratum { get; init => field = Require.NotNull(value); } = "";

    /// <summary>Mean at baseline, in the endpoint's unit; from −10⁶ to 10⁶. Null where the baseline is the participant's slow vital
    /// capacity.</summary>
    public double? BaselineMean { get; init => field = value is { } mean ? Require.InRange(mean, -1e6, 1e6) : null; }

    /// <summary>Standard deviation at baseline between participants; from 0 to 10⁶. Does not count where <see cref="BaselineMean"/> is
    /// null.</summary>
    public double BaselineSd { get; init => field = Require.InRange(value, 0, 1e6); }

    /// <summary>Correlation of the baseline with the baseline ALSFRS-R score; from −1 to 1.</summary>
    public double ScoreCorrelation { get; init => field = Require.InRange(value, -1, 1); }

    /// <summary>Mean loss per month without treatment, in the endpoint's unit; from −10⁶ to 10⁶, positive is worsening.</summary>
    public required double LossPerMonth { get; init => field = Require.InRange(value, -1e6, 1e6); }

    /// <summary>Standard deviation of that loss between participants; from 0 to 10⁶.</summary>
    public double LossSdPerMonth { get; init => field = Require.InRange(value, 0, 1e6); }

    /// <summary>Correlation of the loss with the ALSFRS-R rate of decline, on the scale of the rate's normal score; from −1 to 1.</summary>
    public double RateCorrelation { get; init => field = Require.InRange(value, -1, 1); }
}
