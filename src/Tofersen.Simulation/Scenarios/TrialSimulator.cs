using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Scenarios.Endpoints;
using Tofersen.Simulation.Scenarios.Items;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Simulates one trial of a scenario after another into the same <see cref="TrialData"/>, without allocating.</summary>
/// <remarks>Not thread-safe: one simulator a thread. The data of (seed, replicate) are the same from any simulator of the same
/// scenario.</remarks>
public sealed class TrialSimulator
{
    private const int ParticipantsBetweenChecks = 4096;

    private readonly TrialDesign _design;
    private readonly ExposurePlanner _planner;
    private readonly ObservationModel _observation;
    private readonly IParticipantSampler _participants;
    private readonly CourseTimes _times;
    private readonly LatentCourse _course;
    private readonly EventSampler _events;
    private readonly double[] _shares;
    private readonly int[] _fixedSizes;
    private readonly bool _fixedComposition;
    private readonly Randomiser _randomiser;
    private readonly ExposureInterval[] _exposure = new ExposureInterval[TrialData.MaximumExposureIntervals];
    private readonly double _endMonths;
    private readonly double _jitterMonths;
    private readonly double _windowMonths;
    private readonly bool _rounds;
    private readonly EndpointSimulator[] _endpoints;
    private readonly ItemSimulator? _items;
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
        _planner = new ExposurePlanner(_design);
        _observation = scenario.Observation;
        _participants = scenario.Population.CreateSampler();
        _times = new CourseTimes(_design, _observation);
        _course = new LatentCourse(scenario, _times);
        _events = new EventSampler(_observation, _times);
        _shares = [.. scenario.Population.StratumShares];
        _fixedSizes = StratumSizes.FromShares(_design.Participants, _shares);
        _fixedComposition = scenario.Population.Composition == StratumComposition.Fixed;
        _randomiser = new Randomiser(_design, _shares.Length);
        _endMonths = _times.VisitMonths[^1];
        _jitterMonths = _observation.VisitJitterSdDays / StudyTime.DaysPerMonth;
        _rounds = _observation.Rounding == ScoreRounding.WholePoints;
        _windowMonths = _observation.VisitWindowDays / StudyTime.DaysPerMonth;
        _endpoints = [.. scenario.Endpoints.Select(e => EndpointSimulator.Create(e, scenario))];
        _items = _observation.Items is { } items ? new ItemSimulator(items, _times.VisitIndex.Length) : null;
        _adverseEvents = new AdverseEventSampler(scenario.AdverseEvents);
        _endpointCourse = new EndpointCourse(_course, _times, _jitterMonths > 0);
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
        _randomiser.Fill(key, Data.StratumColumn, Data.ArmColumn);
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

    private void SimulateParticipant(StreamKey key, int p)
    {
        TrialRandom baseline = key.Open(p, DrawPurpose.Baseline);
        _participants.Draw(Data.StratumColumn[p], ref baseline, out Participant participant);
        Latent.CandidatesScreened += participant.CandidatesScreened;

        int arm = Data.ArmColumn[p];
        (int intervals, bool entersExtension) = _planner.Plan(key, p, participant, arm, _exposure);
        _course.Fill(key, p, participant, arm, _exposure.AsSpan(0, intervals));

        double end = EndOfFollowUp(key, p, participant, entersExtension, out EventKind kind);
        Data.FollowUpColumn[p] = end;
        Data.FollowUpEndColumn[p] = kind;
        Data.PhenoconversionColumn[p] = _course.OnsetMonths <= end ? _course.OnsetMonths : double.NaN;
        RecordExposure(p, intervals, end);
        double latestVisit = entersExtension ? double.PositiveInfinity : _planner.SwitchMonths;
        RecordVisits(key, p, participant, end, kind, latestVisit);
        if (_endpoints.Length > 0)
        {
            RecordEndpoints(key, p, participant, arm, intervals);
        }

        _items?.Record(Data, Latent, _endpoints.Length, p);
        _adverseEvents.Draw(key, p, Data);

        SimulatedCovariates.Write(Data.CovariateColumns, p, participant, Data.ScoreMatrix[p * Data.Visits], _randomiser.Cohorts);
    }

    private double EndOfFollowUp(
        StreamKey key, int p, in Participant participant, bool entersExtension, out EventKind kind)
    {
        double end = _endMonths;
        kind = EventKind.Completed;
        if (_events.HasEvents)
        {
            TrialRandom random = key.Open(p, DrawPurpose.Events);
            double weeks = _events.Draw(
                participant, _course.Scores, _course.LogRateMultiplier, _course.LogHazardShift, ref random, out EventKind first);
            double months = StudyTime.MonthsFromWeeks(weeks);
            if (months < _endMonths)
            {
                (end, kind) = (months, first);
            }
        }

        if (!entersExtension && end > _planner.SwitchMonths)
        {
            (end, kind) = (_planner.SwitchMonths, EventKind.ExtensionNotEntered);
        }

        return end;
    }

    private void RecordExposure(int p, int intervals, double end)
    {
        int kept = 0;
        int row = p * TrialData.MaximumExposureIntervals;
        for (int i = 0; i < intervals && _exposure[i].StartMonths < end; i++)
        {
            Data.ExposureMatrix[row + kept++] = _exposure[i] with { StopMonths = Math.Min(_exposure[i].StopMonths, end) };
        }

        Data.ExposureCounts[p] = (byte)kept;
    }

    private void RecordVisits(
        StreamKey key, int p, in Participant participant, double end, EventKind kind, double latestVisit)
    {
        int row = p * _times.VisitIndex.Length;
        ReadOnlySpan<int> index = _times.VisitIndex;
        ReadOnlySpan<double> course = _course.Scores;
        Span<double> latent = Latent.LatentScores.AsSpan(row, index.Length);
        Span<double> complete = Latent.CompleteScores.AsSpan(row, index.Length);
        Span<double> months = Data.VisitMonthsMatrix.AsSpan(row, index.Length);
        for (int v = 0; v < index.Length; v++)
        {
            latent[v] = complete[v] = course[index[v]];
        }

        if (_jitterMonths > 0)
        {
            MoveVisits(key, p, months, complete);
        }

        // Who does not enter the extension comes no later than the switch, when the others begin its treatment.
        int lateVisit = LateVisit(months, latestVisit);
        double atSwitch = lateVisit >= 0 ? Interpolate(latestVisit) : double.NaN;
        if (_items is null)
        {
            AddErrors(key, p, participant.ResidualSd, complete, lateVisit, ref atSwitch);
        }
        else
        {
            Span<byte> items = Data.ItemMatrix.AsSpan(row * ItemModel.ItemCount, index.Length * ItemModel.ItemCount);
            atSwitch = _items.Score(key, p, participant, complete, lateVisit, atSwitch, items);
        }

        // Those who complete a period are seen at its last visit even when that falls a few days late.
        bool onSchedule = kind is EventKind.Completed or EventKind.ExtensionNotEntered;
        ReadOnlySpan<double> until = onSchedule ? _times.VisitMonths.AsSpan(0, index.Length) : months;
        Span<double> scores = Data.ScoreMatrix.AsSpan(row, index.Length);
        Span<bool> observed = Data.ObservedMatrix.AsSpan(row, index.Length);
        for (int v = 0; v < index.Length; v++)
        {
            bool isSeen = until[v] <= end;
            observed[v] = isSeen;
            scores[v] = isSeen ? complete[v] : double.NaN;
        }

        if (lateVisit >= 0)
        {
            months[lateVisit] = latestVisit;
            scores[lateVisit] = observed[lateVisit] ? atSwitch : double.NaN;
        }

        if (_observation.IntermittentMissingProbability > 0)
        {
            MissVisits(key, p, observed, scores);
        }
    }

    private int LateVisit(ReadOnlySpan<double> months, double latestVisit)
    {
        for (int v = months.Length - 1; v >= 0; v--)
        {
            if (_times.VisitMonths[v] <= latestVisit && months[v] > latestVisit)
            {
                return v;
            }
        }

        return -1;
    }

    private void AddErrors(StreamKey key, int p, double residualSd, Span<double> scores, int lateVisit, ref double atSwitch)
    {
        TrialRandom error = key.Open(p, DrawPurpose.RaterError);
        for (int v = 0; v < scores.Length; v++)
        {
            double noise = residualSd * error.NextNormal();
            if (v == lateVisit)
            {
                atSwitch = WriteDown(atSwitch + noise);
            }

            scores[v] = WriteDown(scores[v] + noise);
        }
    }

    // Endpoints are measured where the score is: at the visits that took place, on their day.
    private void RecordEndpoints(StreamKey key, int p, in Participant participant, int arm, int intervals)
    {
        int row = p * _times.VisitIndex.Length;
        ReadOnlySpan<double> months = Data.VisitMonthsMatrix.AsSpan(row, _times.VisitIndex.Length);
        EndpointVisits visits = _endpointCourse.At(arm, _exposure.AsSpan(0, intervals), months);
        ReadOnlySpan<bool> seen = Data.ObservedMatrix.AsSpan(row, months.Length);
        for (int e = 0; e < _endpoints.Length; e++)
        {
            Span<double> latent = Latent.LatentEndpoints[e].AsSpan(row, months.Length);
            Span<double> complete = Latent.CompleteEndpoints[e].AsSpan(row, months.Length);
            _endpoints[e].Fill(key, p, participant, visits, latent, complete);
            Data.OnEndpoint(e).SetObserved(p, complete, seen, _endpoints[e].IsMeasured);
        }
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
    private void MoveVisits(StreamKey key, int p, Span<double> months, Span<double> scores)
    {
        TrialRandom timing = key.Open(p, DrawPurpose.VisitTiming);
        for (int v = 1; v < months.Length; v++)
        {
            months[v] = _times.VisitMonths[v] + VisitJitter.Draw(ref timing, _jitterMonths, _windowMonths);
            scores[v] = Interpolate(months[v]);
        }
    }

    private void MissVisits(StreamKey key, int p, Span<bool> observed, Span<double> scores)
    {
        TrialRandom missing = key.Open(p, DrawPurpose.Missingness);
        for (int v = 1; v < observed.Length; v++)
        {
            if (missing.NextUniform() < _observation.IntermittentMissingProbability)
            {
                observed[v] = false;
                scores[v] = double.NaN;
            }
        }
    }

    private double Interpolate(double months) => _times.Interpolate(_course.Scores, months);
}
