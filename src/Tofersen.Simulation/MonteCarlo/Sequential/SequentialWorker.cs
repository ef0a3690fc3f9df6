using MathNet.Numerics;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;

namespace Tofersen.Simulation.MonteCarlo.Sequential;

/// <summary>Takes one simulated trial after another through the looks of a plan.</summary>
/// <remarks>Not thread-safe; allocates nothing once warm. Decides from the data up to each look's cut-off alone.</remarks>
internal sealed class SequentialWorker
{
    private readonly SequentialPlan _plan;
    private readonly SequentialBoundaries _boundaries;
    private readonly SequentialMonitor? _monitor;
    private readonly IAnalysisWorker[] _analyses;
    private readonly TrialCut _cut;
    private readonly TrialClock _clock;
    private readonly VarianceReview? _review;
    private readonly double _lagMonths;
    private readonly double _reviewMonths;
    private readonly int _reachedVisit;
    private readonly int _switchVisit;
    private readonly int _reviewVisit;
    private readonly bool[] _isEvent = [];
    private readonly double _monitoringMonths;

    private bool _reviewIsDue;
    private int _planned;
    private int _denominator;
    private double _reviewCutOff;

    internal SequentialWorker(Scenario scenario, SequentialPlan plan, TrialLayout layout)
    {
        _plan = plan;
        _boundaries = plan.Boundaries.ComputeBoundaries();
        _monitor = plan.Information is null ? null : new SequentialMonitor(_boundaries);
        _cut = new TrialCut(layout);
        _clock = new TrialClock(layout);
        _lagMonths = StudyTime.MonthsFromWeeks(plan.DataLagWeeks);
        int looks = plan.Looks.Count + 1;
        Outcome = new SequentialOutcome(looks);
        string[] names = [.. Enumerable.Range(0, looks).Select(plan.AnalysisAt)];
        Dictionary<string, IAnalysisWorker> workers = names.Distinct().ToDictionary(
            name => name, name => scenario.Analyses.First(a => a.Name == name).CreateWorker(layout));
        _analyses = [.. names.Select(name => workers[name])];
        _reachedVisit = layout.VisitAt(SequentialResult.ReachedWeekOf(scenario, plan));
        _switchVisit = plan.Looks.Any(l => l.Timing is FirstPeriodTiming) ? layout.VisitAt(((DelayedStart)scenario.Design).SwitchWeeks) : -1;
        if (plan.Information is EventInformation { Events: var events })
        {
            _isEvent = TrialData.EventFlags(events);
        }

        _monitoringMonths = plan.Information is StatisticalInformation s ? StudyTime.MonthsFromWeeks(s.MonitoringWeeks) : 0;
        if (plan.Reestimation is { } review)
        {
            _review = new VarianceReview(review, scenario.Design, layout);
            _reviewVisit = layout.VisitAt(review.Week);
            _reviewMonths = review.Weeks is { } weeks ? StudyTime.MonthsFromWeeks(weeks) : double.NaN;
        }
    }

    /// <summary>What became of the last trial.</summary>
    internal SequentialOutcome Outcome { get; }

    /// <summary>Takes a trial through its looks.</summary>
    /// <param name="data">The whole trial, with everybody who may enrol.</param>
    internal SequentialOutcome Run(TrialData data)
    {
        Begin(data);
        double last = double.NegativeInfinity;
        for (int k = 0; k < _plan.Looks.Count; k++)
        {
            double cutOff = CutOff(data, k, last);
            Outcome.Status[k] = LookStatus.NotHeld;
            if (cutOff > last && cutOff + _lagMonths < _clock.EndMonths)
            {
                double lookBack = _plan.Looks[k].FollowedWeeks is { } weeks ? StudyTime.MonthsFromWeeks(weeks) : 0;
                Look(data, k, cutOff, cutOff - lookBack);
                last = cutOff;
            }

            if (Outcome.Status[k] is LookStatus.Efficacy or LookStatus.Futility)
            {
                return End(k, cutOff);
            }
        }

        if (_reviewIsDue)
        {
            Review(data);
        }

        int final = _plan.Looks.Count;
        Look(data, final, double.PositiveInfinity, double.PositiveInfinity);
        return End(final, double.PositiveInfinity);
    }

    private void Begin(TrialData data)
    {
        _clock.Begin(data);
        _monitor?.Reset();
        _reviewIsDue = _review is not null;
        _planned = _plan.Reestimation?.PlannedParticipants ?? data.Participants;
        _denominator = 0;
        _reviewCutOff = double.NegativeInfinity;
        Array.Fill(Outcome.Status, LookStatus.Stopped);
        Outcome.Review = ReviewStatus.None;
        Outcome.NewParticipants = 0;
        Outcome.PooledSd = double.NaN;
    }

    private SequentialOutcome End(int look, double cutOff)
    {
        Outcome.Last = look;
        Outcome.Enrolled = _clock.EnteredBy(cutOff + _lagMonths);
        Outcome.Reached = _clock.ReachedBy(cutOff, _reachedVisit);
        return Outcome;
    }

    // A change of the number of participants that is due by the day of a look comes before it, and may move it.
    private double CutOff(TrialData data, int look, double last)
    {
        double cutOff = TimeOf(data, look, last);
        if (_reviewIsDue && ReviewCutOff() <= cutOff)
        {
            Review(data);
            cutOff = Math.Max(TimeOf(data, look, last), _reviewCutOff);
        }

        return cutOff;
    }

    private double TimeOf(TrialData data, int look, double last) => _plan.Looks[look].Timing switch
    {
        CalendarTiming { Weeks: var weeks } => StudyTime.MonthsFromWeeks(weeks) - _lagMonths,
        FirstPeriodTiming => _clock.ArrivalOf(_clock.Enrolling, _switchVisit),
        _ => InformationTime(data, look, last),
    };

    private double InformationTime(TrialData data, int look, double last)
    {
        double fraction = _boundaries.InformationFractions[look];
        return _plan.Information switch
        {
            VisitInformation => _clock.ArrivalOf(Share(fraction, _planned), _reachedVisit),
            EventInformation { Planned: var planned } => _clock.EventOf(Share(fraction, planned), _isEvent),
            StatisticalInformation information => MonitoredTime(data, look, last, information, fraction * information.Maximum),
            _ => double.PositiveInfinity,
        };
    }

    // The first day on which the standard error is looked at and is small enough.
    private double MonitoredTime(TrialData data, int look, double last, StatisticalInformation plan, double information)
    {
        double end = _clock.EndMonths - _lagMonths;
        double start = Math.Max(Math.Max(last, _reviewCutOff), 0);
        for (double day = (Math.Floor(start / _monitoringMonths) + 1) * _monitoringMonths; day < end; day += _monitoringMonths)
        {
            double lookBack = _plan.Looks[look].FollowedWeeks is { } weeks ? StudyTime.MonthsFromWeeks(weeks) : 0;
            AnalysisResult result = _analyses[look].Run(_cut.Fill(data, day, day - lookBack, _clock.Enrols));
            if (result.HasNumbers && result.Participants >= plan.MinimumParticipants && InverseSquare(result.StandardError) >= information)
            {
                return day;
            }
        }

        return double.PositiveInfinity;
    }

    private void Look(TrialData data, int look, double cutOff, double lastEntry)
    {
        TrialData seen = _cut.Fill(data, cutOff, lastEntry, _clock.Enrols);
        AnalysisResult result = _analyses[look].Run(seen);
        bool isFinal = look == _plan.Looks.Count;
        Outcome.Months[look] = isFinal ? _clock.EndMonths + _lagMonths : cutOff + _lagMonths;
        Outcome.Information[look] = double.NaN;
        Outcome.Estimate = double.NaN;
        if (!result.HasNumbers || double.IsNaN(result.Statistic))
        {
            Outcome.Status[look] = LookStatus.Failed;
            return;
        }

        Outcome.Estimate = result.Estimate;
        double efficacy = _boundaries.EfficacyZ[look];
        double futility = _boundaries.FutilityZ[look];
        if (_monitor is not null)
        {
            double fraction = Information(seen, result, cutOff);
            bool isInformed = fraction > 0 && double.IsFinite(fraction);
            Outcome.Information[look] = isInformed ? fraction : double.NaN;
            efficacy = isInformed ? _monitor.NextEfficacy(fraction, isFinal, look) : double.PositiveInfinity;
            futility = isInformed ? _monitor.Futility : double.NegativeInfinity;
        }

        double z = NormalScore(result);
        Outcome.Status[look] = z >= efficacy ? LookStatus.Efficacy
            : isFinal || z > futility ? LookStatus.Continued
            : _plan.ObeysFutility ? LookStatus.Futility
            : LookStatus.Ignored;
    }

    private double Information(TrialData seen, in AnalysisResult result, double cutOff)
    {
        switch (_plan.Information)
        {
            case VisitInformation:
                // Fractions of one trial are of one number, whatever becomes of the number of participants after the first look.
                _denominator = _denominator > 0 ? _denominator : _planned;
                return _clock.ReachedBy(cutOff, _reachedVisit) / (double)_denominator;
            case EventInformation { Planned: var planned }:
                int events = 0;
                for (int p = 0; p < seen.Participants; p++)
                {
                    events += seen.FirstEvent(p, _isEvent).IsEvent ? 1 : 0;
                }

                return events / (double)planned;
            case StatisticalInformation { Maximum: var maximum }:
                return InverseSquare(result.StandardError) / maximum;
            default:
                return double.NaN;
        }
    }

    private double ReviewCutOff() => _plan.Reestimation!.CompletersShare is { } share
        ? _clock.ArrivalOf(Share(share, _planned), _reviewVisit)
        : _reviewMonths - _lagMonths;

    private void Review(TrialData data)
    {
        _reviewIsDue = false;
        _reviewCutOff = ReviewCutOff();
        int asked = _review!.Participants(_cut.Fill(data, _reviewCutOff, _reviewCutOff, _clock.Enrols));
        int entered = _clock.EnteredBy(_reviewCutOff + _lagMonths);
        Outcome.Review = double.IsNaN(_review.Sd) ? ReviewStatus.Failed : entered > asked ? ReviewStatus.Overtaken : ReviewStatus.Set;
        Outcome.PooledSd = _review.Sd;
        _planned = Math.Max(asked, entered);
        Outcome.NewParticipants = _planned;
        _clock.EndEnrolment(_planned);
    }

    // A share of 0.3 of 10 is 3, though the product comes out a hair above.
    private static int Share(double share, int of) => Math.Max(1, (int)Math.Ceiling((share * of) - 1e-9));

    private static double InverseSquare(double standardError) => 1 / (standardError * standardError);

    /// <summary>The normal score with the two-sided p value of a test, and its sign.</summary>
    private static double NormalScore(in AnalysisResult result) =>
        Math.CopySign(Math.Sqrt(2) * SpecialFunctions.ErfcInv(result.PValue), result.Statistic);
}
