using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Calibrations.NaturalHistories;

/// <summary>Fits one stratum with the chosen model.</summary>
internal static class StratumFitting
{
    internal static StratumFit Fit(string name, ParticipantScores[] participants, RateModel rates)
    {
        StratumFit linear = LinearRates.Fit(Frame(name, participants), participants);
        return rates == RateModel.Normal ? linear : LogNormalRates.Fit(participants, linear);
    }

    /// <summary>A linear fit without its numbers.</summary>
    private static StratumFit Frame(string name, ParticipantScores[] participants) => new()
    {
        Name = name,
        Rates = RateModel.Normal,
        Status = AnalysisStatus.NotEstimable,
        Participants = participants.Length,
        ParticipantsWithSlope = participants.Count(p => p.Months.Length > 1),
        Observations = participants.Sum(p => p.Scores.Length),
        AtFloor = participants.Sum(p => p.Scores.Count(s => s == 0)),
        AtCeiling = participants.Sum(p => p.Scores.Count(s => s == 48)),
        BaselineMean = NaturalHistoryEstimate.None,
        BaselineSd = NaturalHistoryEstimate.None,
        RateMean = NaturalHistoryEstimate.None,
        RateSd = NaturalHistoryEstimate.None,
        LogRateMean = NaturalHistoryEstimate.None,
        LogRateSd = NaturalHistoryEstimate.None,
        Correlation = NaturalHistoryEstimate.None,
        ResidualSd = NaturalHistoryEstimate.None,
        MinusTwoLogLikelihood = double.NaN,
    };
}
