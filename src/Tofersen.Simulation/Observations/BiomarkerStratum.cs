using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Observations;

/// <summary>A biomarker's course in one stratum.</summary>
public sealed record BiomarkerStratum
{
    /// <summary>Name of the population's stratum; empty for all that have no entry of their own.</summary>
    public string Stratum { get; init => field = Require.NotNull(value); } = "";

    /// <summary>Geometric mean at baseline, in the endpoint's unit, from 10⁻⁶ to 10⁹; null where the baseline is the participant's neurofilament
    /// light.</summary>
    public double? GeometricMean { get; init => field = value is { } mean ? Require.InRange(mean, 1e-6, 1e9) : null; }

    /// <summary>Standard deviation of the logarithm at baseline between participants; from 0 to 5. Does not count where
    /// <see cref="GeometricMean"/> is null.</summary>
    public double LogSd { get; init => field = Require.InRange(value, 0, 5); }

    /// <summary>Change of the logarithm per month without treatment; from −1 to 1.</summary>
    public double DriftPerMonth { get; init => field = Require.InRange(value, -1, 1); }

    /// <summary>Standard deviation of that change between participants; from 0 to 1.</summary>
    public double DriftSdPerMonth { get; init => field = Require.InRange(value, 0, 1); }

    /// <summary>Response to treatment; null where the treatment effect itself says what becomes of the biomarker.</summary>
    public BiomarkerResponse? Response { get; init; }
}
