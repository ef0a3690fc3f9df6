using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios.Items;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Writes down one participant's scores at all visits, as if nobody left: when visits take place, with which error they are scored,
/// which are missed.</summary>
/// <remarks>Comes before the end of follow-up is known, so that leaving may depend on what was seen. Every kind of draw has a stream of its own,
/// so that none depends on course, arm or follow-up.</remarks>
internal sealed class VisitRecorder
{
    private readonly CourseTimes _times;
    private readonly double _jitterMonths;
    private readonly double _windowMonths;
    private readonly bool _rounds;
    private readonly MissedVisits _missedVisits;
    private readonly double[] _losses;
    private readonly double[] _latent;
    private readonly bool _keepsLatent;
    private double _latentAtSwitch;

    internal VisitRecorder(ObservationModel observation, CourseTimes times, bool mayFillAgain)
    {
        _latent = new double[times.VisitIndex.Length];
        _times = times;
        _jitterMonths = observation.VisitJitterSdDays / StudyTime.DaysPerMonth;
        _windowMonths = observation.VisitWindowDays / StudyTime.DaysPerMonth;
        _rounds = observation.Rounding == ScoreRounding.WholePoints;
        _missedVisits = new MissedVisits(observation, times.VisitIndex.Length);
        _losses = new double[times.VisitIndex.Length];
        _keepsLatent = mayFillAgain || _missedVisits.FollowsLatent;
        Items = observation.Items is { } items ? new ItemSimulator(items, times.VisitIndex.Length) : null;
    }

    /// <summary>Simulator of the items; null where the total alone is simulated.</summary>
    internal ItemSimulator? Items { get; }

    /// <summary>Whether visits take place off their schedule.</summary>
    internal bool VisitsMove => _jitterMonths > 0;

    /// <summary>The visit that a participant who does not enter the extension comes to no later than the switch; −1 for none.</summary>
    internal int LateVisit { get; private set; }

    /// <summary>Whether each visit is missed by a participant in follow-up.</summary>
    internal ReadOnlySpan<bool> Missed => _missedVisits.Flags;

    /// <summary>Points lost from baseline to the last visit that was not missed, up to each visit.</summary>
    internal ReadOnlySpan<double> Losses(ReadOnlySpan<double> complete)
    {
        ReadOnlySpan<bool> missed = Missed;
        for (int v = 1; v < complete.Length; v++)
        {
            _losses[v] = missed[v] ? _losses[v - 1] : complete[0] - Recorded(complete, v);
        }

        return _losses;
    }

    private double AtSwitch { get; set; }

    /// <summary>Writes down the scores of a participant.</summary>
    /// <param name="key">The replicate's key.</param>
    /// <param name="p">Number of the participant.</param>
    /// <param name="participant">The participant's traits.</param>
    /// <param name="course">Latent scores at the course times.</param>
    /// <param name="latestVisit">Time that no visit before it in the schedule may pass, in months; infinite for none.</param>
    /// <param name="record">Receives what is written down; the score of the late visit as it would have been without the limit.</param>
    /// <param name="keptMonths">Time up to which the same participant's course before this one counts, since it is the same but for the grid;
    /// negative infinity for none.</param>
    internal void Fill(
        StreamKey key,
        int p,
        in Participant participant,
        ReadOnlySpan<double> course,
        double latestVisit,
        in VisitRecord record,
        double keptMonths = double.NegativeInfinity)
    {
        Span<double> months = record.Months;
        Span<double> complete = record.Complete;
        _times.ReadScheduled(course, complete);
        if (_jitterMonths > 0)
        {
            MoveVisits(key, p, course, months, complete);
        }

        // Who does not enter the extension comes no later than the switch, when the others begin its treatment.
        LateVisit = FindLateVisit(months, latestVisit);
        AtSwitch = LateVisit >= 0 ? _times.Interpolate(course, latestVisit) : double.NaN;
        if (_keepsLatent)
        {
            KeepLatent(months, complete, latestVisit, keptMonths);
        }

        if (Items is null)
        {
            AddErrors(key, p, participant.ResidualSd, complete);
        }
        else
        {
            AtSwitch = Items.Score(key, p, participant, complete, LateVisit, AtSwitch, record.Items);
        }

        if (LateVisit >= 0)
        {
            months[LateVisit] = latestVisit;
        }

        MissVisits(key, p, record);
    }

    /// <summary>The score of a visit as it enters the data.</summary>
    internal double Recorded(ReadOnlySpan<double> complete, int visit) => visit == LateVisit ? AtSwitch : complete[visit];

    private void MissVisits(StreamKey key, int p, in VisitRecord record)
    {
        if (LateVisit < 0 || !_keepsLatent)
        {
            _missedVisits.Draw(key, p, record, _latent);
            return;
        }

        // The late visit is missed, or not, at the switch; what is kept is the course at its own time.
        double kept = _latent[LateVisit];
        _latent[LateVisit] = _latentAtSwitch;
        _missedVisits.Draw(key, p, record, _latent);
        _latent[LateVisit] = kept;
    }

    // Between grid points a course is read in straight pieces, so that one that bends at a time bends up to a week before it, too.
    private void KeepLatent(ReadOnlySpan<double> months, Span<double> latent, double latestVisit, double keptMonths)
    {
        for (int v = 0; v < latent.Length && months[v] <= keptMonths; v++)
        {
            latent[v] = _latent[v];
        }

        AtSwitch = latestVisit <= keptMonths ? _latentAtSwitch : AtSwitch;
        latent.CopyTo(_latent);
        _latentAtSwitch = AtSwitch;
    }

    private int FindLateVisit(ReadOnlySpan<double> months, double latestVisit)
    {
        // Most participants have no such limit.
        if (double.IsPositiveInfinity(latestVisit))
        {
            return -1;
        }

        for (int v = months.Length - 1; v >= 0; v--)
        {
            if (_times.VisitMonths[v] <= latestVisit && months[v] > latestVisit)
            {
                return v;
            }
        }

        return -1;
    }

    private void AddErrors(StreamKey key, int p, double residualSd, Span<double> scores)
    {
        TrialRandom error = key.Open(p, DrawPurpose.RaterError);
        int lateVisit = LateVisit;
        double atSwitch = AtSwitch;
        for (int v = 0; v < scores.Length; v++)
        {
            double noise = residualSd * error.NextNormal();
            if (v == lateVisit)
            {
                atSwitch = WriteDown(atSwitch + noise);
            }

            scores[v] = WriteDown(scores[v] + noise);
        }

        AtSwitch = atSwitch;
    }

    private double WriteDown(double score)
    {
        if (!_rounds)
        {
            return score;
        }

        double rounded = Math.Round(score);
        return rounded < 0 ? 0 : rounded > 48 ? 48 : rounded;
    }

    /// <summary>Moves every visit but the baseline within its window, and reads the latent score there.</summary>
    private void MoveVisits(StreamKey key, int p, ReadOnlySpan<double> course, Span<double> months, Span<double> scores)
    {
        TrialRandom timing = key.Open(p, DrawPurpose.VisitTiming);
        for (int v = 1; v < months.Length; v++)
        {
            months[v] = _times.VisitMonths[v] + VisitJitter.Draw(ref timing, _jitterMonths, _windowMonths);
            scores[v] = _times.Interpolate(course, months[v]);
        }
    }
}
