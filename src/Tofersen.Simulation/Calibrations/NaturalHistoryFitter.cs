using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Calibrations.NaturalHistories;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Fits natural history to scores of participants without treatment.</summary>
/// <remarks>
/// <para>Model of each stratum: Y = b − r·t + ε, with the participant's own baseline b and rate r. Normal rates: the linear mixed model by
/// restricted maximum likelihood. Log-normal rates: a non-linear mixed model by maximum likelihood, the baseline integrated in closed form
/// and the log rate numerically. Standard errors come from the observed information. METHODS.md has the equations.</para>
/// <para>The likelihood uses every score, also of participants who left early: it is right where leaving depends on observed scores only
/// (missing at random). Dropout is fitted as constant hazards.</para>
/// </remarks>
public sealed record NaturalHistoryFitter
{
    /// <summary>Participants with two scores or more that a stratum needs: as few as tell a spread of rates from none.</summary>
    public const int FewestParticipants = 3;

    /// <summary>Distribution of rates; log-normal by default.</summary>
    public RateModel Rates { get; init => field = Require.Defined(value); } = RateModel.LogNormal;

    /// <summary>Planned last visit in months, above 0 and at most 1200, against which dropout is judged where the data say nothing of the
    /// end of follow-up; null, the default, for the latest score of all.</summary>
    public double? PlannedLastMonth
    {
        get;
        init => field = value is { } month ? Require.Above(month, 0, 1200) : null;
    }

    /// <summary>Fits the data.</summary>
    /// <param name="data">The data.</param>
    /// <returns>The fit; each stratum has a status.</returns>
    /// <exception cref="AnalysisDataException">A stratum has fewer than <see cref="FewestParticipants"/> participants with two scores, or
    /// all its scores are the same.</exception>
    public NaturalHistoryFit Fit(NaturalHistoryData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var strata = new StratumFit[data.StratumNames.Count];
        for (int s = 0; s < strata.Length; s++)
        {
            ParticipantScores[] own = [.. data.ParticipantsOf(s)];
            Check(data.StratumNames[s], own);
            strata[s] = StratumFitting.Fit(data.StratumNames[s], own, Rates);
        }

        (DropoutBasis basis, double planned, ValueList<DropoutFit> dropout) = data.FollowUps is { } followUps
            ? (DropoutBasis.FollowUp, double.NaN, DropoutFitting.FromFollowUp(followUps))
            : FromLastVisits(data);
        return new NaturalHistoryFit { Strata = [.. strata], DropoutBasis = basis, PlannedLastMonth = planned, Dropout = dropout };
    }

    private (DropoutBasis Basis, double Planned, ValueList<DropoutFit> Dropout) FromLastVisits(NaturalHistoryData data)
    {
        double planned = PlannedLastMonth ?? data.All.Max(p => p.Months[^1]);
        return (DropoutBasis.LastVisit, planned, [DropoutFitting.FromLastVisits(data.All, planned)]);
    }

    private static void Check(string stratum, ParticipantScores[] participants)
    {
        int usable = participants.Count(p => p.Months.Length > 1);
        if (usable < FewestParticipants)
        {
            throw new AnalysisDataException(FormattableString.Invariant(
                $"Stratum '{stratum}' has {usable} participants with two scores or more; a fit needs {FewestParticipants}."));
        }

        double first = participants[0].Scores[0];
        if (participants.All(p => Array.TrueForAll(p.Scores, s => s == first)))
        {
            throw new AnalysisDataException(FormattableString.Invariant(
                $"All scores of stratum '{stratum}' are {first}; without spread there is nothing to fit."));
        }
    }
}
