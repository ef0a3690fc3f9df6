using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Populations;
using Tofersen.Simulation.Randomness;
using Tofersen.Simulation.Treatments;

namespace Tofersen.Simulation.Scenarios;

/// <summary>Follows one participant through treatment as it really is, planned, stopped or begun as a rescue, and fills the latent course and the
/// scores that are written down under it, as if nobody left.</summary>
/// <remarks>Stopping and rescue follow what came before them: each is decided on the course up to it, and the course is then computed anew
/// with the exposure that results, from the same draws. So everything before stays, and the order of cause and effect with it.</remarks>
internal sealed class TreatedCourse
{
    private readonly ExposurePlanner _planner;
    private readonly LatentCourse _course;
    private readonly VisitRecorder? _visits;
    private readonly EventSampler? _stops;
    private readonly RescueRule? _rescue;
    private readonly double _restartMonths;
    private readonly ExposureInterval[] _exposure = new ExposureInterval[TrialData.MaximumExposureIntervals];
    private int _intervals;

    /// <summary>Prepares the worker.</summary>
    /// <param name="design">The design; its rescue rule counts.</param>
    /// <param name="stop">Hazard of stopping treatment; null for none.</param>
    /// <param name="course">Receives the latent courses.</param>
    /// <param name="times">Times of the courses.</param>
    /// <param name="visits">Writes scores down; null where nobody asks for them, and the design has no rescue.</param>
    internal TreatedCourse(TrialDesign design, StopTreatmentHazard? stop, LatentCourse course, CourseTimes times, VisitRecorder? visits)
    {
        _planner = new ExposurePlanner(design);
        _course = course;
        _visits = visits;
        _stops = stop is null ? null : new EventSampler([stop.AsEvent()], times);
        _rescue = design.Rescue;
        _restartMonths = stop is { RestartsAtSwitch: true } ? _planner.SwitchMonths : double.NegativeInfinity;
    }

    /// <summary>Whether the control arm is left without the drug that it would begin after randomisation.</summary>
    internal bool NobodySwitches { get; init; }

    /// <summary>Whether a participant who does not enter the extension is seen as if there were no end at the switch.</summary>
    internal bool RefusalsCount { get; init; } = true;

    internal double SwitchMonths => _planner.SwitchMonths;

    /// <summary>Intervals on drug of the participant at hand.</summary>
    internal ReadOnlySpan<ExposureInterval> Exposure => _exposure.AsSpan(0, _intervals);

    /// <summary>Whether the participant enters the extension.</summary>
    internal bool EntersExtension { get; private set; }

    /// <summary>When treatment is stopped, whatever follow-up; infinite for never.</summary>
    internal double StopMonths { get; private set; }

    /// <summary>When drug begins as a rescue, whatever follow-up; infinite for never.</summary>
    internal double RescueMonths { get; private set; }

    /// <summary>When an arm that is not treated from the first begins drug as planned; infinite for never.</summary>
    internal double PlannedStartMonths =>
        _intervals > 0 && !double.IsFinite(RescueMonths) && _exposure[0].StartMonths > 0 ? _exposure[0].StartMonths : double.PositiveInfinity;

    /// <summary>Follows a participant.</summary>
    /// <param name="key">The replicate's key.</param>
    /// <param name="p">Number of the participant.</param>
    /// <param name="participant">The participant's traits.</param>
    /// <param name="arm">Position of the arm.</param>
    /// <param name="record">Receives what is written down; left alone without a recorder.</param>
    internal void Fill(StreamKey key, int p, in Participant participant, int arm, in VisitRecord record)
    {
        (_intervals, EntersExtension) = _planner.Plan(key, p, participant, arm, _exposure);
        RescueMonths = double.PositiveInfinity;
        if (NobodySwitches && arm == TrialDesign.ControlArm && _intervals > 0 && _exposure[0].StartMonths > 0)
        {
            _intervals = 0;
        }

        _course.Fill(key, p, participant, arm, Exposure);
        StopMonths = Stop(key, p, participant, arm, earliestMonths: 0);
        if (_visits is null)
        {
            return;
        }

        double latestVisit = EntersExtension || !RefusalsCount ? double.PositiveInfinity : _planner.SwitchMonths;
        _visits.Fill(key, p, participant, _course.Scores, latestVisit, record);
        if (_rescue is null || arm != TrialDesign.ControlArm)
        {
            return;
        }

        double start = RescueStart(key, p, _rescue, record);
        if (!double.IsFinite(start))
        {
            return;
        }

        RescueMonths = start;
        _exposure[0] = new ExposureInterval(start, _planner.TreatmentEndMonths);
        _intervals = 1;
        _course.Fill(key, p, participant, arm, Exposure);
        StopMonths = Stop(key, p, participant, arm, earliestMonths: start);
        _visits.Fill(key, p, participant, _course.Scores, latestVisit, record, keptMonths: start);
    }

    // Draws when treatment is stopped on the course at hand, and gives the exposure and course that follow from it.
    private double Stop(StreamKey key, int p, in Participant participant, int arm, double earliestMonths)
    {
        if (_stops is null)
        {
            return double.PositiveInfinity;
        }

        // The strata's multiplier is one of events that end follow-up.
        TrialRandom random = key.Open(p, DrawPurpose.TreatmentStop);
        Participant own = participant with { EventHazardMultiplier = 1 };
        double weeks = _stops.Draw(own, new HazardCourse(_course.Scores, _course.LogRateMultiplier, [], 0), default, ref random, out _);

        // A hazard that rises within the week of the first dose must not stop a treatment that has not begun.
        double months = Math.Max(StudyTime.MonthsFromWeeks(weeks), earliestMonths);
        if (months >= _planner.TreatmentEndMonths)
        {
            return double.PositiveInfinity;
        }

        if (CutExposure(months))
        {
            _course.Fill(key, p, participant, arm, Exposure);
        }

        return months;
    }

    // Whether that changes the exposure; who is on placebo and would stay on it loses nothing.
    private bool CutExposure(double stopMonths)
    {
        Span<ExposureInterval> planned = stackalloc ExposureInterval[TrialData.MaximumExposureIntervals];
        planned = planned[.._intervals];
        Exposure.CopyTo(planned);
        bool restarts = stopMonths < _restartMonths;
        _intervals = 0;
        foreach (ExposureInterval interval in planned)
        {
            if (interval.StartMonths < stopMonths)
            {
                _exposure[_intervals++] = interval with { StopMonths = Math.Min(interval.StopMonths, stopMonths) };
                if (restarts && interval.StopMonths > _restartMonths)
                {
                    _exposure[_intervals++] = interval with { StartMonths = _restartMonths };
                }
            }
            else if (restarts && interval.StartMonths >= _restartMonths)
            {
                _exposure[_intervals++] = interval;
            }
        }

        return !Exposure.SequenceEqual(planned);
    }

    private double RescueStart(StreamKey key, int p, RescueRule rule, in VisitRecord record)
    {
        ReadOnlySpan<double> losses = _visits!.Losses(record.Complete);
        int visit = 1;
        while (visit < losses.Length && losses[visit] < rule.LossThreshold)
        {
            visit++;
        }

        TrialRandom random = key.Open(p, DrawPurpose.Rescue);
        if (visit == losses.Length || !(random.NextUniform() < rule.AcceptanceProbability))
        {
            return double.PositiveInfinity;
        }

        double start = record.Months[visit] + StudyTime.MonthsFromWeeks(rule.DelayWeeks);
        double planned = Math.Min(PlannedStartMonths, _planner.TreatmentEndMonths);
        return start < Math.Min(planned, StopMonths) ? start : double.PositiveInfinity;
    }
}
