using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Populations;

/// <summary>Carriers without symptoms whose neurofilament light is watched in a run-in, and who are randomised when it has risen.</summary>
/// <remarks>
/// <para>A carrier enters the run-in at a time T before clinically manifest disease, exponential with <see cref="OnsetPerYear"/>: an
/// onset that does not depend on the time already waited. ln N is constant until the rise begins, a time L before onset, then rises in a
/// straight line to the value at onset. L is log-normal; both values are, too.</para>
/// <para>Values are measured with error every <see cref="RunInIntervalWeeks"/>, at most to <see cref="RunInWeeks"/>. The first one after the
/// start that is at least <see cref="ThresholdPicograms"/> and at least <see cref="RisePicograms"/> above the first of all makes the
/// carrier eligible, who is randomised on that day. Carriers who fall ill before, or never get there, are screen failures.</para>
/// <para>Measurement error lets in some whose rise has not begun, as it would.</para>
/// <para>At randomisation <see cref="Participant.MonthsSinceOnset"/> is below 0: minus the months to onset without treatment. The decline of
/// function begins at onset, as do hazards that depend on progression.</para>
/// <para>Source of the run-in's rule: ATLAS, Benatar et al., Neurotherapeutics 19 (2022) 1248–1258.</para>
/// <para>Thread safety: immutable.</para>
/// </remarks>
public sealed record PresymptomaticPopulation : IPopulationModel
{
    /// <summary>Name of the one stratum.</summary>
    public string StratumName { get; init => field = Require.Text(value); } = "carriers";

    /// <summary>Hazard of clinically manifest disease among carriers in the run-in, per year; above 0, at most 10.</summary>
    public required double OnsetPerYear { get; init => field = Require.Above(value, 0, 10); }

    /// <summary>Weeks between measurements in the run-in, from 0.5 to 52; 4 by default (ATLAS: monthly).</summary>
    public double RunInIntervalWeeks { get; init => field = Require.InRange(value, 0.5, 52); } = 4;

    /// <summary>Longest run-in in weeks, from 0.5 to 1,040; at least one interval.</summary>
    public required double RunInWeeks { get; init => field = Require.InRange(value, 0.5, 1_040); }

    /// <summary>Lowest concentration of plasma neurofilament light that makes a carrier eligible, in pg/mL, from 0 to 10,000; 44 by default
    /// (ATLAS).</summary>
    public double ThresholdPicograms { get; init => field = Require.InRange(value, 0, 10_000); } = 44;

    /// <summary>Smallest rise from the first measurement that makes a carrier eligible, in pg/mL, from 0 to 10,000; 10 by default
    /// (ATLAS).</summary>
    public double RisePicograms { get; init => field = Require.InRange(value, 0, 10_000); } = 10;

    /// <summary>Geometric mean of neurofilament light before its rise, in pg/mL; above 0, at most 10,000.</summary>
    public required double NeurofilamentLightGeometricMean { get; init => field = Require.Above(value, 0, 10_000); }

    /// <summary>Standard deviation of its logarithm between carriers; from 0 to 5.</summary>
    public double NeurofilamentLightLogSd { get; init => field = Require.InRange(value, 0, 5); } = 0.4;

    /// <summary>Geometric mean of neurofilament light at onset, in pg/mL; above 0, at most 10,000.</summary>
    public required double OnsetNeurofilamentLightGeometricMean { get; init => field = Require.Above(value, 0, 10_000); }

    /// <summary>Standard deviation of its logarithm between carriers; from 0 to 5.</summary>
    public double OnsetNeurofilamentLightLogSd { get; init => field = Require.InRange(value, 0, 5); } = 0.6;

    /// <summary>Mean time from the beginning of the rise to onset, in months; above 0, at most 240.</summary>
    public required double RiseMeanMonths { get; init => field = Require.Above(value, 0, 240); }

    /// <summary>Standard deviation of that time between carriers (log-normal), in months, from 0 to 240.</summary>
    public double RiseSdMonths { get; init => field = Require.InRange(value, 0, 240); }

    /// <summary>Standard deviation of the logarithm of one measurement around the carrier's course; from 0 to 5.</summary>
    public double WithinParticipantLogSd { get; init => field = Require.InRange(value, 0, 5); } = 0.2;

    /// <summary>Rate of decline of the ALSFRS-R after onset, in points per month.</summary>
    public required RateDistribution DeclineRate { get; init => field = Require.NotNull(value); }

    /// <summary>Correlation of the normal scores of neurofilament light at onset and of the rate of decline; from −1 to 1.</summary>
    public double RateCorrelation { get; init => field = Require.InRange(value, -1, 1); }

    /// <summary>Latent ALSFRS-R before onset, in points, from 0 to 48; 48 by default.</summary>
    public double BaselineScore { get; init => field = Require.InRange(value, 0, 48); } = 48;

    /// <summary>Standard deviation of a score around its latent course at one visit, in points, from 0 to 24.</summary>
    public required double ResidualSd { get; init => field = Require.InRange(value, 0, 24); }

    /// <summary>Factor on every hazard that depends on progression, from 0 to 1,000; 1 by default.</summary>
    public double EventHazardMultiplier { get; init => field = Require.InRange(value, 0, 1000); } = 1;

    /// <summary>Mean age at the start of the run-in, in years, from 18 to 100.</summary>
    public double AgeMeanYears { get; init => field = Require.InRange(value, 18, 100); } = 45;

    /// <summary>Standard deviation of the age, in years, from 0 to 50.</summary>
    public double AgeSdYears { get; init => field = Require.InRange(value, 0, 50); } = 12;

    /// <summary>Probability of being male.</summary>
    public double MaleProbability { get; init => field = Require.Probability(value); } = 0.5;

    /// <inheritdoc/>
    public ValueList<string> StratumNames => [StratumName];

    /// <inheritdoc/>
    public ValueList<double> StratumShares => [1];

    /// <inheritdoc/>
    public StratumComposition Composition => StratumComposition.Fixed;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The run-in is shorter than its interval, or gamma rates are more spread than 5 times their mean.</exception>
    public IParticipantSampler CreateSampler()
    {
        Validate();
        return new PresymptomaticSampler(this);
    }

    /// <summary>Checks what no single property can.</summary>
    /// <exception cref="ArgumentException">The run-in is shorter than its interval, or gamma rates are more spread than 5 times their mean.</exception>
    internal void Validate()
    {
        (DeclineRate as GammaRate)?.CheckSpread($"Stratum '{StratumName}'", nameof(DeclineRate));
        if (RunInWeeks < RunInIntervalWeeks)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The run-in of {RunInWeeks} weeks is shorter than the {RunInIntervalWeeks} weeks between its measurements; nobody could be seen to rise."),
                nameof(RunInWeeks));
        }
    }
}
