using MathNet.Numerics.Distributions;
using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Designs.Sequential;
using Tofersen.Simulation.MonteCarlo.Sequential;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Scenarios;
using Tofersen.Simulation.Scenarios.Sequential;
using Tofersen.Simulation.Tests.Observations;

namespace Tofersen.Simulation.Tests.MonteCarlo.Sequential;

/// <summary>One sequential trial, step by step from lists of days: slow and plain.</summary>
internal sealed class PlainSequentialTrial
{
    private readonly Scenario _scenario;
    private readonly SequentialPlan _plan;
    private readonly TrialData _data;
    private readonly SequentialMonitor _monitor;
    private readonly double _lag;
    private List<int> _enrol;
    private int _planned;
    private int? _denominator;

    internal PlainSequentialTrial(Scenario scenario, TrialData data)
    {
        (_scenario, _plan, _data) = (scenario, scenario.Sequential!, data);
        _monitor = new SequentialMonitor(_plan.Boundaries.ComputeBoundaries());
        _lag = StudyTime.MonthsFromWeeks(_plan.DataLagWeeks);
        _enrol = [.. Enumerable.Range(0, data.Participants).OrderBy(p => data.EntryMonths[p])];
        _planned = _plan.Reestimation?.PlannedParticipants ?? data.Participants;
    }

    internal List<LookStatus> Status { get; } = [];

    internal double Weeks { get; private set; }

    internal int Enrolled { get; private set; }

    internal int Reached { get; private set; }

    internal double Estimate { get; private set; } = double.NaN;

    internal int NewParticipants { get; private set; }

    internal double PooledSd { get; private set; } = double.NaN;

    private bool ReviewIsDue => _plan.Reestimation is not null && NewParticipants == 0;

    private double End => _enrol.Max(p => Day(p, _data.Visits - 1));

    private int ReachedVisit => _plan.Information is VisitInformation visit ? Visit(visit.Week) : _data.Visits - 1;

    internal void Run()
    {
        double last = double.NegativeInfinity;
        for (int k = 0; k < _plan.Looks.Count; k++)
        {
            double day = DayOfLook(k, last);
            if (ReviewIsDue && ReviewDay() <= day)
            {
                double review = ReviewDay();
                Review(review);
                day = Math.Max(DayOfLook(k, last), review);
            }

            if (day <= last || day + _lag >= End)
            {
                Status.Add(LookStatus.NotHeld);
                continue;
            }

            last = day;
            if (Look(k, day))
            {
                (Enrolled, Weeks) = (_enrol.Count(p => _data.EntryMonths[p] <= day + _lag), StudyTime.WeeksFromMonths(day + _lag));
                Reached = _enrol.Count(p => Day(p, ReachedVisit) <= day);
                return;
            }
        }

        if (ReviewIsDue)
        {
            Review(ReviewDay());
        }

        Look(_plan.Looks.Count, double.PositiveInfinity);
        (Enrolled, Reached, Weeks) = (_enrol.Count, _enrol.Count, StudyTime.WeeksFromMonths(End + _lag));
    }

    private int Visit(double week) => _scenario.Design.VisitWeeks.ToList().IndexOf(week);

    private double Day(int p, int visit) => _data.EntryMonths[p] + _data.VisitMonths[(p * _data.Visits) + visit];

    private static double Nth(IEnumerable<double> days, double count)
    {
        double[] sorted = [.. days.Order()];
        int n = Math.Max(1, (int)Math.Ceiling(count - 1e-9));
        return n <= sorted.Length ? sorted[n - 1] : double.PositiveInfinity;
    }

    private double DayOfLook(int k, double last)
    {
        double fraction = _plan.Boundaries.InformationFractions[k];
        switch (_plan.Looks[k].Timing, _plan.Information)
        {
            case (CalendarTiming calendar, _):
                return StudyTime.MonthsFromWeeks(calendar.Weeks) - _lag;
            case (FirstPeriodTiming, _):
                int atSwitch = Visit(((DelayedStart)_scenario.Design).SwitchWeeks);
                return _enrol.Max(p => Day(p, atSwitch));
            case (_, VisitInformation):
                return Nth(_enrol.Select(p => Day(p, ReachedVisit)), fraction * _planned);
            case (_, EventInformation events):
                return Nth(EventDays(_enrol, events), fraction * events.Planned);
            default:
                var information = (StatisticalInformation)_plan.Information!;
                double step = StudyTime.MonthsFromWeeks(information.MonitoringWeeks);
                return Enumerable.Range(1, 10_000).Select(i => i * step).Where(day => day > last && day > ReviewedOn && day < End - _lag)
                    .Where(day => Analyse(k, day) is { HasNumbers: true } result && result.Participants >= information.MinimumParticipants
                        && InverseSquare(result) >= fraction * information.Maximum)
                    .FirstOrDefault(double.PositiveInfinity);
        }
    }

    private double ReviewedOn { get; set; } = double.NegativeInfinity;

    private IEnumerable<double> EventDays(IEnumerable<int> participants, EventInformation events) =>
        from p in participants
        where events.Events.Contains(_data.FollowUpEnds[p])
        select _data.EntryMonths[p] + _data.FollowUpMonths[p];

    private double ReviewDay() => _plan.Reestimation!.Weeks is { } weeks
        ? StudyTime.MonthsFromWeeks(weeks) - _lag
        : Nth(_enrol.Select(p => Day(p, Visit(_plan.Reestimation.Week))), _plan.Reestimation.CompletersShare!.Value * _planned);

    private void Review(double day)
    {
        BlindedReestimation plan = _plan.Reestimation!;
        int visit = Visit(plan.Week);
        int[] seen =
        [
            .. _enrol.Where(p => Day(p, visit) <= day && _data.Observed[p * _data.Visits] && _data.Observed[(p * _data.Visits) + visit]),
        ];
        double Change(int p) => _data.Scores[(p * _data.Visits) + visit] - _data.Scores[p * _data.Visits];
        IGrouping<int, double>[] groups =
            [.. seen.GroupBy(p => plan.PoolsWithinStrata ? _data.Strata[p] : 0, Change)];
        int asked = plan.PlannedParticipants;
        if (seen.Length > groups.Length)
        {
            double share = _scenario.Design.Allocation.Active / (double)_scenario.Design.BlockSize * _scenario.Design.BlockMultiple;
            double squares = groups.Sum(g => g.Sum(c => Math.Pow(c - g.Average(), 2)));
            squares -= plan.AdjustsForDifference ? seen.Length * share * (1 - share) * plan.Difference * plan.Difference : 0;
            double variance = Math.Max(0, squares) / (seen.Length - groups.Length);
            double z = Normal.InvCDF(0, 1, 1 - plan.Alpha) + Normal.InvCDF(0, 1, plan.Power);
            double ratio = share / (1 - share);
            double n = (1 + ratio) * (1 + ratio) / ratio * z * z * variance / (plan.Difference * plan.Difference) / (1 - plan.MissingShare);
            PooledSd = Math.Sqrt(variance);
            asked = (int)Math.Clamp(Math.Ceiling(n), plan.MinimumParticipants, _data.Participants);
        }

        _planned = Math.Max(asked, _enrol.Count(p => _data.EntryMonths[p] <= day + _lag));
        _enrol = [.. _enrol.Take(_planned)];
        NewParticipants = _planned;
        ReviewedOn = day;
    }

    private AnalysisResult Analyse(int k, double day)
    {
        double followed = k < _plan.Looks.Count && _plan.Looks[k].FollowedWeeks is { } weeks ? StudyTime.MonthsFromWeeks(weeks) : 0;
        int[] kept = [.. _enrol.Where(p => _data.EntryMonths[p] <= day - followed).Order()];
        if (kept.Length == 0)
        {
            return AnalysisResult.NotEstimable(0);
        }

        TrialData cut = PlainCut.Of(_data, kept, day);
        return _scenario.Analyses.Single(a => a.Name == _plan.AnalysisAt(k)).CreateWorker(cut.Layout).Run(cut);
    }

    private static double InverseSquare(AnalysisResult result) =>
        result.HasNumbers ? 1 / (result.StandardError * result.StandardError) : 0;

    private bool Look(int k, double day)
    {
        bool isLast = k == _plan.Looks.Count;
        AnalysisResult result = Analyse(k, day);
        Estimate = result.HasNumbers ? result.Estimate : double.NaN;
        if (!result.HasNumbers)
        {
            Status.Add(LookStatus.Failed);
            return false;
        }

        (double efficacy, double futility) = Bounds(k, day, result, isLast);
        double z = Math.Sign(result.Statistic) * Normal.InvCDF(0, 1, 1 - (result.PValue / 2));
        Status.Add(
            z >= efficacy ? LookStatus.Efficacy
            : isLast || z > futility ? LookStatus.Continued
            : _plan.ObeysFutility ? LookStatus.Futility : LookStatus.Ignored);
        return Status[^1] is LookStatus.Efficacy or LookStatus.Futility;
    }

    private (double Efficacy, double Futility) Bounds(int k, double day, AnalysisResult result, bool isLast)
    {
        SequentialBoundaries planned = _plan.Boundaries.ComputeBoundaries();
        if (_plan.Information is null)
        {
            return (planned.EfficacyZ[k], planned.FutilityZ[k]);
        }

        double followed = !isLast && _plan.Looks[k].FollowedWeeks is { } weeks ? StudyTime.MonthsFromWeeks(weeks) : 0;
        double fraction = _plan.Information switch
        {
            VisitInformation => _enrol.Count(p => Day(p, ReachedVisit) <= day) / (double)(_denominator ??= _planned),
            EventInformation events => EventDays(_enrol.Where(p => _data.EntryMonths[p] <= day - followed), events).Count(d => d <= day)
                / (double)events.Planned,
            StatisticalInformation { Maximum: var maximum } => InverseSquare(result) / maximum,
            _ => double.NaN,
        };
        return fraction > 0 ? (_monitor.NextEfficacy(fraction, isLast, k), _monitor.Futility) : (double.PositiveInfinity, double.NegativeInfinity);
    }
}
