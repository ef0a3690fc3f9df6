using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>One stratum of a population: its share and the distribution of its participants' traits.</summary>
/// <remarks>Continuous traits are correlated through a Gaussian copula; binary ones are independent of them.</remarks>
public sealed record Stratum
{
    /// <summary>Name, unique in the population; appears in data sets and in the strata of an analysis.</summary>
    public required string Name { get; init => field = Require.Text(value); }

    /// <summary>Weight of the stratum among all; above 0, at most 10⁶. Shares are weights over their sum.</summary>
    public required double Weight { get; init => field = Require.Above(value, 0, 1e6); }

    /// <summary>Mean latent ALSFRS-R total at randomisation before screening, in points, from 0 to 48.</summary>
    public required double BaselineScoreMean { get; init => field = Require.InRange(value, 0, 48); }

    /// <summary>Standard deviation of the latent baseline score (normal), in points, from 0 to 48.</summary>
    public required double BaselineScoreSd { get; init => field = Require.InRange(value, 0, 48); }

    /// <summary>Distribution of the natural rate of decline after randomisation.</summary>
    public required RateDistribution DeclineRate { get; init => field = Require.NotNull(value); }

    /// <summary>Distribution of the rate of decline before randomisation; the months since onset follow from it as
    /// (48 − baseline score) / rate.</summary>
    public RateDistribution PreRandomisationSlope { get; init => field = Require.NotNull(value); } =
        new LogNormalRate { Mean = 1, Sd = 0.9 };

    /// <summary>Geometric mean of plasma neurofilament light at baseline, in pg/mL; above 0, at most 10,000.</summary>
    public double NeurofilamentLightGeometricMean { get; init => field = Require.Above(value, 0, 10_000); } = 60;

    /// <summary>Standard deviation of ln neurofilament light between participants; from 0 to 5.</summary>
    public double NeurofilamentLightLogSd { get; init => field = Require.InRange(value, 0, 5); } = 0.7;

    /// <summary>Mean age at randomisation, in years, from 18 to 100.</summary>
    public double AgeMeanYears { get; init => field = Require.InRange(value, 18, 100); } = 60;

    /// <summary>Standard deviation of age (normal), in years, from 0 to 50.</summary>
    public double AgeSdYears { get; init => field = Require.InRange(value, 0, 50); } = 12;

    /// <summary>Probability that a participant is male.</summary>
    public double MaleProbability { get; init => field = Require.Probability(value); } = 0.5;

    /// <summary>Probability of bulbar onset.</summary>
    public double BulbarOnsetProbability { get; init => field = Require.Probability(value); }

    /// <summary>Probability of taking riluzole at baseline.</summary>
    public double RiluzoleProbability { get; init => field = Require.Probability(value); }

    /// <summary>Probability of taking edaravone at baseline.</summary>
    public double EdaravoneProbability { get; init => field = Require.Probability(value); }

    /// <summary>Mean slow vital capacity at randomisation before screening, in per cent of predicted, from 10 to 200. The
    /// default, 80, is an assumption.</summary>
    public double VitalCapacityMeanPercent { get; init => field = Require.InRange(value, 10, 200); } = 80;

    /// <summary>Standard deviation of slow vital capacity (normal; below 10 it counts as 10), in per cent of predicted, from 0 to
    /// 100. The default, 20, is an assumption.</summary>
    public double VitalCapacitySdPercent { get; init => field = Require.InRange(value, 0, 100); } = 20;

    /// <summary>Smallest share of the months since onset that passed before the diagnosis; the share is uniform between this and
    /// <see cref="DiagnosticDelayShareMaximum"/>. The default, 0.4, is an assumption.</summary>
    public double DiagnosticDelayShareMinimum { get; init => field = Require.Probability(value); } = 0.4;

    /// <summary>Largest share of the months since onset that passed before the diagnosis, not below
    /// <see cref="DiagnosticDelayShareMinimum"/>. The default, 0.9, is an assumption.</summary>
    public double DiagnosticDelayShareMaximum { get; init => field = Require.Probability(value); } = 0.9;

    /// <summary>Probability of definite ALS by the revised El Escorial criteria.</summary>
    public double DefiniteElEscorialProbability { get; init => field = Require.Probability(value); }

    /// <summary>Probability of frontotemporal dementia.</summary>
    public double FrontotemporalDementiaProbability { get; init => field = Require.Probability(value); }

    /// <summary>Standard deviation of a score around its latent course at one visit (rater and day), in points, from 0 to
    /// 24.</summary>
    public required double ResidualSd { get; init => field = Require.InRange(value, 0, 24); }

    /// <summary>Factor on every progression-dependent hazard of this stratum, from 0 to 1000.</summary>
    public double EventHazardMultiplier { get; init => field = Require.InRange(value, 0, 1000); } = 1;

    /// <summary>Height of the passing early gain where the trajectory has a flat start, in points, from −24 to 24.</summary>
    public double FlatStartPoints { get; init => field = Require.InRange(value, -24, 24); }

    /// <summary>Correlations between traits; pairs that are not listed are uncorrelated.</summary>
    public ValueList<TraitCorrelation> Correlations { get; init => field = Require.NotNull(value); } = [];

    /// <summary>Inclusion criteria; a candidate must meet all.</summary>
    public ValueList<InclusionCriterion> Inclusion { get; init => field = Require.NotNull(value); } = [];
}
