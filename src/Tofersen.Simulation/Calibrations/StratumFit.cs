using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Populations;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Natural history of one stratum, fitted to data: score = baseline − rate · months + error.</summary>
/// <remarks>
/// <para>Baseline (normal, at time zero) and rate vary between participants and may be correlated. With
/// <see cref="RateModel.LogNormal"/> the rate is log-normal and the fit is by maximum likelihood; with <see cref="RateModel.Normal"/> it
/// is normal and the fit is by restricted maximum likelihood, and the log-normal parameters are those of the same mean and SD.</para>
/// <para>Dropout that depends on the scores that were observed (MAR) does not bias the fit; dropout that depends on what was not observed
/// does, and so do scores at the floor or the ceiling and decline that is not straight.</para>
/// </remarks>
public sealed record StratumFit
{
    // Trait correlations of a scenario must be inside −1 to 1.
    private const double LargestCorrelation = 0.99;

    /// <summary>Name of the stratum; <c>all</c> where the data have none.</summary>
    public required string Name { get; init; }

    /// <summary>Distribution of rates that was fitted.</summary>
    public required RateModel Rates { get; init; }

    /// <summary>How the fit ended.</summary>
    public required AnalysisStatus Status { get; init; }

    /// <summary>Participants with at least one score.</summary>
    public required int Participants { get; init; }

    /// <summary>Participants with at least two.</summary>
    public required int ParticipantsWithSlope { get; init; }

    /// <summary>Scores.</summary>
    public required int Observations { get; init; }

    /// <summary>Scores of 0, below which the scale cannot tell decline.</summary>
    public required int AtFloor { get; init; }

    /// <summary>Scores of 48, above which the scale cannot tell differences.</summary>
    public required int AtCeiling { get; init; }

    /// <summary>Mean score at time zero, in points.</summary>
    public required NaturalHistoryEstimate BaselineMean { get; init; }

    /// <summary>Standard deviation between participants of the score at time zero, without error, in points.</summary>
    public required NaturalHistoryEstimate BaselineSd { get; init; }

    /// <summary>Mean rate of decline, in points per month; positive is loss.</summary>
    public required NaturalHistoryEstimate RateMean { get; init; }

    /// <summary>Standard deviation of the rate between participants, in points per month.</summary>
    public required NaturalHistoryEstimate RateSd { get; init; }

    /// <summary>Mean of the logarithm of the rate; NaN where the mean rate is not above zero.</summary>
    public required NaturalHistoryEstimate LogRateMean { get; init; }

    /// <summary>Standard deviation of the logarithm of the rate.</summary>
    public required NaturalHistoryEstimate LogRateSd { get; init; }

    /// <summary>Correlation of baseline and rate; with log-normal rates of baseline and log rate.</summary>
    public required NaturalHistoryEstimate Correlation { get; init; }

    /// <summary>Standard deviation of a score around its participant's line, in points; rounding to whole points included.</summary>
    public required NaturalHistoryEstimate ResidualSd { get; init; }

    /// <summary>−2 log likelihood with all constants; with normal rates the restricted one, as lme4 writes it.</summary>
    public required double MinusTwoLogLikelihood { get; init; }

    /// <summary>Why the numbers cannot be a stratum of a scenario; null where they can.</summary>
    public string? Problem =>
        Status is AnalysisStatus.NotConverged ? "the fit did not converge"
        : Status is AnalysisStatus.NotEstimable ? "the data do not determine the fit"
        : !(BaselineMean.Value is >= 0 and <= 48) ? FormattableString.Invariant(
            $"the mean score at time zero is {BaselineMean.Value:F1}, outside 0 to 48; time must count from the baseline visit")
        : !(BaselineSd.Value is >= 0 and <= 48 && ResidualSd.Value is >= 0 and <= 24) ? "an SD is too large for a score of 0 to 48"
        : !(Math.Abs(RateMean.Value) <= 48 && RateSd.Value is >= 0 and <= 48) ? "the rates are too large for a score of 0 to 48"
        : null;

    /// <summary>The fit as a stratum of a scenario: what was not fitted keeps its default, and the weight is the number of
    /// participants.</summary>
    /// <returns>The stratum.</returns>
    /// <exception cref="InvalidOperationException">There is a <see cref="Problem"/>.</exception>
    public Stratum ToStratum() => Problem is { } problem
        ? throw new InvalidOperationException($"Stratum '{Name}' cannot be part of a scenario: {problem}.")
        : new Stratum
        {
            Name = Name,
            Weight = Participants,
            BaselineScoreMean = BaselineMean.Value,
            BaselineScoreSd = BaselineSd.Value,
            DeclineRate = Rates == RateModel.LogNormal
                ? new LogNormalRate { Mean = RateMean.Value, Sd = RateSd.Value }
                : new NormalRate { Mean = RateMean.Value, Sd = RateSd.Value },
            ResidualSd = ResidualSd.Value,
            Correlations = double.IsFinite(Correlation.Value)
                ?
                [
                    new TraitCorrelation
                    {
                        First = Trait.BaselineScore,
                        Second = Trait.DeclineRate,
                        Value = Math.Clamp(Correlation.Value, -LargestCorrelation, LargestCorrelation),
                    },
                ]
                : [],
        };
}
