using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Analyses.RandomSlopes;

namespace Tofersen.Simulation.Calibrations.NaturalHistories;

/// <summary>Normal rates: linear mixed model with random intercept and slope, restricted maximum likelihood.</summary>
/// <remarks>Standard errors of the variances come from the observed information; means and variances are asymptotically independent.
/// Those of SDs, correlation and log-normal parameters follow by the delta method.</remarks>
internal static class LinearRates
{
    private const int Terms = 4;

    internal static StratumFit Fit(StratumFit frame, ParticipantScores[] participants)
    {
        RandomSlopeEngine engine = Load(participants, frame.Observations);
        AnalysisStatus status = engine.Fit();
        if (status is AnalysisStatus.NotConverged or AnalysisStatus.NotEstimable || engine.Data.Rank < 2)
        {
            return frame with { Status = status == AnalysisStatus.NotConverged ? status : AnalysisStatus.NotEstimable };
        }

        (double baseline, double baselineError, _) = engine.Coefficient(0);
        (double slope, double slopeError, _) = engine.Coefficient(1);
        Span<double> errors = stackalloc double[Terms * Terms];
        if (!engine.FillVarianceErrors(errors))
        {
            errors.Fill(double.NaN);
        }

        (double v00, double v01, double v11) = engine.RandomCovariance;
        (double baselineSd, double rateSd, double residualSd) = (Math.Sqrt(v00), Math.Sqrt(v11), Math.Sqrt(engine.ResidualVariance));
        double correlation = -v01 / (baselineSd * rateSd);
        var rateMean = new NaturalHistoryEstimate(-slope, slopeError);
        var rate = new NaturalHistoryEstimate(rateSd, Error(errors, [0, 0, 0.5 / rateSd, 0]));
        (NaturalHistoryEstimate logMean, NaturalHistoryEstimate logSd) = MatchMoments(rateMean, rate);
        return frame with
        {
            Status = status,
            BaselineMean = new NaturalHistoryEstimate(baseline, baselineError),
            BaselineSd = new NaturalHistoryEstimate(baselineSd, Error(errors, [0.5 / baselineSd, 0, 0, 0])),
            RateMean = rateMean,
            RateSd = rate,
            LogRateMean = logMean,
            LogRateSd = logSd,
            Correlation = new NaturalHistoryEstimate(
                correlation,
                Error(errors, [-correlation / (2 * v00), -1 / (baselineSd * rateSd), -correlation / (2 * v11), 0])),
            ResidualSd = new NaturalHistoryEstimate(residualSd, Error(errors, [0, 0, 0, 0.5 / residualSd])),
            MinusTwoLogLikelihood = engine.MinusTwoLogLikelihood,
        };
    }

    private static RandomSlopeEngine Load(ParticipantScores[] participants, int observations)
    {
        var engine = new RandomSlopeEngine(
            participants.Length,
            observations,
            columns: 2,
            hasRowColumns: false,
            LikelihoodEstimation.Reml,
            DegreesOfFreedomMethod.Satterthwaite);
        engine.Data.Reset();
        foreach (ParticipantScores participant in participants)
        {
            engine.Data.Add(participant.Months, participant.Scores);
        }

        engine.Data.CloseParticipants();
        double[] ones = [.. Enumerable.Repeat(1.0, participants.Length)];
        engine.Data.SetConstantColumn(0, ones, timesTime: false);
        engine.Data.SetConstantColumn(1, ones, timesTime: true);
        engine.Data.Decompose();
        return engine;
    }

    // √(g′Cg), the delta method.
    private static double Error(ReadOnlySpan<double> covariance, ReadOnlySpan<double> gradient)
    {
        double sum = 0;
        for (int i = 0; i < Terms; i++)
        {
            for (int j = 0; j < Terms; j++)
            {
                sum += gradient[i] * covariance[(i * Terms) + j] * gradient[j];
            }
        }

        return Math.Sqrt(sum);
    }

    // The log-normal distribution of the same mean and SD: σ² = ln(1 + q) with q = (SD/mean)², μ = ln mean − σ²/2.
    private static (NaturalHistoryEstimate Mean, NaturalHistoryEstimate Sd) MatchMoments(
        NaturalHistoryEstimate mean, NaturalHistoryEstimate sd)
    {
        if (!(mean.Value > 0 && sd.Value > 0))
        {
            return (NaturalHistoryEstimate.None, NaturalHistoryEstimate.None);
        }

        double q = sd.Value / mean.Value * (sd.Value / mean.Value);
        double share = q / (1 + q);
        double variance = Math.Log(1 + q);
        double logSd = Math.Sqrt(variance);
        double meanError = mean.StandardError / mean.Value;
        double sdError = sd.StandardError / sd.Value;
        return (
            new NaturalHistoryEstimate(Math.Log(mean.Value) - (variance / 2), double.Hypot((1 + share) * meanError, share * sdError)),
            new NaturalHistoryEstimate(logSd, share / logSd * double.Hypot(meanError, sdError)));
    }
}
