using Tofersen.Simulation.Analyses.Tables;
using Tofersen.Simulation.Calibrations.NaturalHistories;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Calibrations;

/// <summary>Scores of participants over time, and how their follow-up ended where that is known.</summary>
/// <remarks>Immutable. ALSFRS-R totals from 0 to 48; months from the start, which is where the baseline is taken.</remarks>
public sealed class NaturalHistoryData
{
    /// <summary>Name of the one stratum of data that have none.</summary>
    public const string OnlyStratum = "all";

    private const double LatestMonth = 1200;

    private NaturalHistoryData(ParticipantScores[] all, ValueList<string> strata, FollowUp[]? followUps)
    {
        All = all;
        StratumNames = strata;
        FollowUps = followUps;
        Observations = all.Sum(p => p.Scores.Length);
    }

    /// <summary>Participants with at least one score.</summary>
    public int Participants => All.Length;

    /// <summary>Scores.</summary>
    public int Observations { get; }

    /// <summary>Names of the strata, in ordinal order.</summary>
    public ValueList<string> StratumNames { get; }

    /// <summary>Whether the end of follow-up is known.</summary>
    public bool HasFollowUp => FollowUps is not null;

    internal ParticipantScores[] All { get; }

    internal FollowUp[]? FollowUps { get; }

    /// <summary>Makes data of rows, one a score, in any order.</summary>
    /// <param name="participants">Whose score it is.</param>
    /// <param name="months">When, in months, from −1200 to 1200; no participant has two scores at one time.</param>
    /// <param name="scores">The score, in points, from 0 to 48.</param>
    /// <param name="strata">Stratum of each row, the same in all rows of a participant; null for one stratum.</param>
    /// <returns>The data.</returns>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    /// <exception cref="AnalysisDataException">There is no row, or a row cannot be used; the message names it.</exception>
    public static NaturalHistoryData FromRows(
        IReadOnlyList<string> participants, IReadOnlyList<double> months, IReadOnlyList<double> scores, IReadOnlyList<string>? strata = null)
    {
        ArgumentNullException.ThrowIfNull(participants);
        ArgumentNullException.ThrowIfNull(months);
        ArgumentNullException.ThrowIfNull(scores);
        Require.SameLength(months.Count, participants.Count, nameof(months), nameof(participants));
        Require.SameLength(scores.Count, participants.Count, nameof(scores), nameof(participants));
        Require.SameLength(strata?.Count ?? participants.Count, participants.Count, nameof(strata), nameof(participants));
        return FromRows(participants, months, scores, strata, RowNames.Plain);
    }

    /// <summary>The data with how follow-up ended.</summary>
    /// <param name="participants">Names of participants, each once; those without a score count, too.</param>
    /// <param name="months">How long each was followed, in months, from 0 to 1200.</param>
    /// <param name="ends">How it ended; <see cref="EventKind.Completed"/> where nothing ended it early.</param>
    /// <returns>New data.</returns>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    /// <exception cref="AnalysisDataException">Nobody is listed, somebody twice, or a time is out of range.</exception>
    public NaturalHistoryData WithFollowUp(
        IReadOnlyList<string> participants, IReadOnlyList<double> months, IReadOnlyList<EventKind> ends)
    {
        ArgumentNullException.ThrowIfNull(participants);
        ArgumentNullException.ThrowIfNull(months);
        ArgumentNullException.ThrowIfNull(ends);
        Require.SameLength(months.Count, participants.Count, nameof(months), nameof(participants));
        Require.SameLength(ends.Count, participants.Count, nameof(ends), nameof(participants));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var followUps = new FollowUp[participants.Count];
        for (int i = 0; i < followUps.Length; i++)
        {
            if (!seen.Add(participants[i]))
            {
                throw new AnalysisDataException($"The end of follow-up of participant '{participants[i]}' is given twice.");
            }

            if (!(months[i] >= 0 && months[i] <= LatestMonth))
            {
                throw new AnalysisDataException(FormattableString.Invariant(
                    $"Participant '{participants[i]}' was followed for {months[i]} months; it must be between 0 and {LatestMonth}."));
            }

            followUps[i] = new FollowUp(months[i], ends[i]);
        }

        return followUps.Length > 0
            ? new NaturalHistoryData(All, StratumNames, followUps)
            : throw new AnalysisDataException("Nobody's end of follow-up is given.");
    }

    internal static NaturalHistoryData FromRows(
        IReadOnlyList<string> participants,
        IReadOnlyList<double> months,
        IReadOnlyList<double> scores,
        IReadOnlyList<string>? strata,
        RowNames names)
    {
        if (participants.Count == 0)
        {
            throw new AnalysisDataException("There are no scores.");
        }

        ValueList<string> stratumNames = strata is null ? [OnlyStratum] : [.. strata.Distinct().Order(StringComparer.Ordinal)];
        var positions = stratumNames.Index().ToDictionary(s => s.Item, s => s.Index, StringComparer.Ordinal);
        var all = Enumerable.Range(0, participants.Count)
            .Select(i => Checked(i, months[i], scores[i], names))
            .GroupBy(i => participants[i], StringComparer.Ordinal)
            .Select(rows => Gather(rows.Key, [.. rows.OrderBy(i => months[i])]))
            .ToArray();
        return new NaturalHistoryData(all, stratumNames, followUps: null);

        ParticipantScores Gather(string participant, int[] rows)
        {
            for (int i = 1; i < rows.Length; i++)
            {
                if (months[rows[i]] == months[rows[i - 1]])
                {
                    throw new AnalysisDataException(
                        $"Participant '{participant}' has two scores at one time: {names.Row(rows[i - 1])} and {names.Row(rows[i])}.");
                }

                if (strata is not null && strata[rows[i]] != strata[rows[0]])
                {
                    throw new AnalysisDataException(
                        $"Participant '{participant}' is in stratum '{strata[rows[0]]}' in {names.Row(rows[0])} and in '{strata[rows[i]]}' in {names.Row(rows[i])}.");
                }
            }

            int stratum = strata is null ? 0 : positions[strata[rows[0]]];
            return new ParticipantScores(participant, stratum, [.. rows.Select(i => months[i])], [.. rows.Select(i => scores[i])]);
        }
    }

    internal IEnumerable<ParticipantScores> ParticipantsOf(int stratum) => All.Where(p => p.Stratum == stratum);

    private static int Checked(int row, double month, double score, RowNames names)
    {
        if (!(score is >= 0 and <= 48))
        {
            throw new AnalysisDataException(FormattableString.Invariant(
                $"{names.Score} is {score} in {names.Row(row)}; an ALSFRS-R total lies between 0 and 48."));
        }

        return Math.Abs(month) <= LatestMonth
            ? row
            : throw new AnalysisDataException(FormattableString.Invariant(
                $"{names.Time} is {month} months in {names.Row(row)}; it must lie between {-LatestMonth} and {LatestMonth} months."));
    }
}
