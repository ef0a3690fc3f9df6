using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios.Endpoints;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Simulates one trial of a scenario after another into the same <see cref="TrialData"/>, without allocating.</summary>
/// <remarks>Not thread-safe: one simulator a thread. The data of (seed, replicate) are the same from any simulator of the same
/// scenario.</remarks>
public sealed class TrialSimulator
{
    private const int ParticipantsBetweenChecks = 4096;

    private readonly TrialDesign _design;
    private readonly TreatedCourse _treated;
    private readonly IParticipantSampler _participants;
    private readonly CourseTimes _times;
    private readonly LatentCourse _course;
    private readonly EventSampler _events;
    private readonly VisitRecorder _visits;
    private readonly double[] _shares;
    private readonly int[] _fixedSizes;
    private readonly bool _fixedComposition;
    private readonly Randomiser _randomiser;
    private readonly EntryOrder _order;
    private readonly double _endMonths;
    private readonly EndpointSimulator[] _endpoints;
    private readonly AdverseEventSampler _adverseEvents;
    private readonly EndpointCourse _endpointCourse;

    /// <summary>Prepares a simulator.</summary>
    /// <param name="scenario">The scenario; its parts must fit together.</param>
    /// <exception cref="ArgumentException">They do not; see <see cref="Scenario.Validate"/>.</exception>
    public TrialSimulator(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        scenario.Validate();
        _design = scenario.Design;
        _participants = scenario.Population.CreateSampler();
        _times = new CourseTimes(_design, scenario.Observation);
        _course = new LatentCourse(scenario, _times);
        _events = new EventSampler(scenario.Observation.Events, _times);
        _visits = new VisitRecorder(scenario.Observation, _times, mayFillAgain: _design.Rescue is not null);
        _treated = new TreatedCourse(_design, scenario.Observation.StopTreatment, _course, _times, _visits);
        _shares = [.. scenario.Population.StratumShares];
        _fixedSizes = StratumSizes.FromShares(_design.Participants, _shares);
        _fixedComposition = scenario.Population.Composition == StratumComposition.Fixed;
        _randomiser = new Randomiser(_design, _shares.Length);
        _order = new EntryOrder(_design.Participants);
        _endMonths = _times.VisitMonths[^1];
        _endpoints = [.. scenario.Endpoints.Select(e => EndpointSimulator.Create(e, scenario))];
        _adverseEvents = new AdverseEventSampler(scenario.AdverseEvents);
        _endpointCourse = new EndpointCourse(_course, _times, _visits.VisitsMove);
        Data = new TrialData(scenario.Layout);
        for (int p = 0; p < Data.Participants; p++)
        {
            _times.VisitMonths.CopyTo(Data.VisitMonthsMatrix.AsSpan(p * Data.Visits));
        }

        Latent = new LatentTrial(Data.Layout);
    }

    /// <summary>The data of the trial that was simulated last.</summary>
    public TrialData Data { get; }

    internal LatentTrial Latent { get; }

    /// <summary>Simulates one trial.</summary>
    /// <param name="seed">Seed of the run; any value.</param>
    /// <param name="replicate">Number of the replicate, from 0.</param>
    /// <param name="cancellation">Ends a trial of very many participants early.</param>
    /// <returns><see cref="Data"/>, holding the trial until the next call.</returns>
    /// <exception cref="OperationCanceledException">The simulation was cancelled.</exception>
    public TrialData Simulate(ulong seed, long replicate, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replicate);
        var key = new StreamKey(seed, replicate);
        Data.Streams = key;
        AssignStrata(key);
        DrawEntries(key);
        _randomiser.Fill(key, _order.Numbers, Data.StratumColumn, Data.ArmColumn);
        Latent.CandidatesScreened = 0;
        for (int p = 0; p < Data.Participants; p++)
        {
            if (p % ParticipantsBetweenChecks == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            SimulateParticipant(key, p);
        }

        return Data;
    }

    private void AssignStrata(StreamKey key)
    {
        byte[] strata = Data.StratumColumn;
        if (_fixedComposition)
        {
            int next = 0;
            for (int s = 0; s < _fixedSizes.Length; s++)
            {
                strata.AsSpan(next, _fixedSizes[s]).Fill((byte)s);
                next += _fixedSizes[s];
            }

            return;
        }

        for (int p = 0; p < strata.Length; p++)
        {
            TrialRandom random = key.Open(p, DrawPurpose.Enrolment);
            double u = random.NextUniform();
            int s = 0;
            for (; s < _shares.Length - 1 && u >= _shares[s]; s++)
            {
                u -= _shares[s];
            }

            strata[p] = (byte)s;
        }
    }

    // Participants are randomised as they enter, so that a trial that stops early is as balanced as a real one would be.
    private void DrawEntries(StreamKey key)
    {
        if (_design.Enrolment is null)
        {
            return;
        }

        for (int p = 0; p < Data.Participants; p++)
        {
            Data.EntryColumn[p] = CalendarEntry.Draw(_design, key, p);
        }

        _order.Fill(Data.EntryColumn);
    }

    private void SimulateParticipant(StreamKey key, int p)
    {
        TrialRandom baseline = key.Open(p, DrawPurpose.Baseline);
        _participants.Draw(Data.StratumColumn[p], ref baseline, out Participant participant);
        Latent.CandidatesScreened += participant.CandidatesScreened;

        int arm = Data.ArmColumn[p];
        _treated.Fill(key, p, participant, arm, Record(p));
        double end = EndOfFollowUp(key, p, participant, out EventKind kind);
        Data.FollowUpColumn[p] = end;
        Data.FollowUpEndColumn[p] = kind;
        Data.PhenoconversionColumn[p] = _course.OnsetMonths <= end ? _course.OnsetMonths : double.NaN;
        RecordTreatment(p, end);
        RecordVisits(p, end, kind);
        if (_endpoints.Length > 0)
        {
            RecordEndpoints(key, p, participant, arm);
        }

        _visits.Items?.Record(Data, Latent, _endpoints.Length, p);
        if (_adverseEvents.HasClasses)
        {
            _adverseEvents.Draw(key, p, Data);
        }

        SimulatedCovariates.Write(Data.CovariateColumns, p, participant, Data.ScoreMatrix[p * Data.Visits], _randomiser.Cohorts);
    }

    private double EndOfFollowUp(StreamKey key, int p, in Participant participant, out EventKind kind)
    {
        double end = _endMonths;
        kind = EventKind.Completed;
        if (_events.HasEvents)
        {
            TrialRandom random = key.Open(p, DrawPurpose.Events);
            double weeks = _events.Draw(
                participant, _course.ForHazards, _events.FollowsRecords ? Recorded(p) : default, ref random, out EventKind first);
            double months = StudyTime.MonthsFromWeeks(weeks);
            if (months < _endMonths)
            {
                (end, kind) = (months, first);
            }
        }

        if (!_treated.EntersExtension && end > _treated.SwitchMonths)
        {
            (end, kind) = (_treated.SwitchMonths, EventKind.ExtensionNotEntered);
        }

        return end;
    }

    private VisitRecord Record(int p)
    {
        int visits = _times.VisitIndex.Length;
        int row = p * visits;
        return new VisitRecord(
            Data.VisitMonthsMatrix.AsSpan(row, visits),
            Latent.CompleteScores.AsSpan(row, visits),
            Data.EntryColumn[p],
            Data.Layout.HasItems ? Data.ItemMatrix.AsSpan(row * ItemModel.ItemCount, visits * ItemModel.ItemCount) : []);
    }

    private RecordedLosses Recorded(int p)
    {
        int visits = _times.VisitIndex.Length;
        ReadOnlySpan<double> months = Data.VisitMonthsMatrix.AsSpan(p * visits, visits);
        return new RecordedLosses(months, _visits.Losses(Latent.CompleteScores.AsSpan(p * visits, visits)));
    }

    // What comes after the end of follow-up does not happen.
    private void RecordTreatment(int p, double end)
    {
        int kept = 0;
        int row = p * TrialData.MaximumExposureIntervals;
        foreach (ExposureInterval interval in _treated.Exposure)
        {
            if (interval.StartMonths < end)
            {
                Data.ExposureMatrix[row + kept++] = interval with { StopMonths = Math.Min(interval.StopMonths, end) };
            }
        }

        Data.ExposureCounts[p] = (byte)kept;
        Data.TreatmentStopColumn[p] = _treated.StopMonths < end ? _treated.StopMonths : double.NaN;
        Data.RescueColumn[p] = _treated.RescueMonths < end ? _treated.RescueMonths : double.NaN;
    }

    private void RecordVisits(int p, double end, EventKind kind)
    {
        int row = p * _times.VisitIndex.Length;
        ReadOnlySpan<double> complete = Latent.CompleteScores.AsSpan(row, _times.VisitIndex.Length);
        _times.ReadScheduled(_course.Scores, Latent.LatentScores.AsSpan(row, complete.Length));

        // Those who complete a period are seen at its last visit even when that falls a few days late.
        bool onSchedule = kind is EventKind.Completed or EventKind.ExtensionNotEntered;
        ReadOnlySpan<double> until = onSchedule ? _times.VisitMonths : Data.VisitMonthsMatrix.AsSpan(row, complete.Length);
        ReadOnlySpan<bool> missed = _visits.Missed;
        Span<double> scores = Data.ScoreMatrix.AsSpan(row, complete.Length);
        Span<bool> observed = Data.ObservedMatrix.AsSpan(row, complete.Length);
        for (int v = 0; v < complete.Length; v++)
        {
            bool isSeen = until[v] <= end && !missed[v];
            observed[v] = isSeen;
            scores[v] = isSeen ? complete[v] : double.NaN;
        }

        if (_visits.LateVisit is >= 0 and var late && observed[late])
        {
            scores[late] = _visits.Recorded(complete, late);
        }
    }

    // Endpoints are measured where the score is: at the visits that took place, on their day.
    private void RecordEndpoints(StreamKey key, int p, in Participant participant, int arm)
    {
        int row = p * _times.VisitIndex.Length;
        ReadOnlySpan<double> months = Data.VisitMonthsMatrix.AsSpan(row, _times.VisitIndex.Length);
        EndpointVisits visits = _endpointCourse.At(arm, _treated.Exposure, months);
        ReadOnlySpan<bool> seen = Data.ObservedMatrix.AsSpan(row, months.Length);
        for (int e = 0; e < _endpoints.Length; e++)
        {
            Span<double> latent = Latent.LatentEndpoints[e].AsSpan(row, months.Length);
            Span<double> complete = Latent.CompleteEndpoints[e].AsSpan(row, months.Length);
            _endpoints[e].Fill(key, p, participant, visits, latent, complete);
            Data.OnEndpoint(e).SetObserved(p, complete, seen, _endpoints[e].IsMeasured);
        }
    }
}
