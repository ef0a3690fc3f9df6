using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Joint ranks by comparing all pairs.</summary>
internal sealed class PlainJointRank
{
    private readonly PlainTrial _trial;
    private readonly JointRank _analysis;
    private readonly int _visit;
    private readonly double _horizonMonths;

    internal PlainJointRank(PlainTrial trial, JointRank analysis)
    {
        (_trial, _analysis) = (trial, analysis);
        _visit = Array.IndexOf(trial.VisitWeeks, analysis.Week);
        _horizonMonths = StudyTime.MonthsFromWeeks(analysis.Week);
        string[] covariates = analysis.Test == JointRankTest.AncovaOnRanks ? [.. analysis.Covariates] : [.. analysis.StratifyBy];
        Participants =
        [
            .. Enumerable.Range(0, trial.Participants).Where(p =>
                PlainAncova.Counts(trial, p, covariates, [.. analysis.Strata])
                && Has(p, 0)
                && (DiedBy(p) || Has(p, _visit) || analysis.Incomplete != IncompleteFollowUp.Excluded)),
        ];
        string[] strata = [.. Participants.Select(Stratum)];
        Scores =
        [
            .. Participants.Select((p, i) => Participants.Where((_, j) => j != i && strata[i] == strata[j]).Sum(q => Compare(p, q))),
        ];
        Ranks =
        [
            .. Scores.Select((s, i) =>
            {
                int[] mates = [.. Scores.Where((_, j) => strata[j] == strata[i])];
                return mates.Count(other => other < s) + ((mates.Count(other => other == s) + 1) / 2.0);
            }),
        ];
        Strata =
        [
            .. strata.Distinct().Order().Select(stratum =>
            {
                int[] members = [.. Enumerable.Range(0, strata.Length).Where(i => strata[i] == stratum)];
                int[] active = [.. members.Where(i => trial.Arms[Participants[i]] == 1)];
                int[] control = [.. members.Where(i => trial.Arms[Participants[i]] == 0)];
                return new PlainWins(
                    [.. active.Select(i => control.Select(j => Compare(Participants[i], Participants[j])).ToArray())],
                    [.. active.Select(i => Scores[i])],
                    [.. control.Select(i => Scores[i])]);
            }),
        ];
    }

    internal int[] Participants { get; }

    internal int[] Scores { get; }

    internal double[] Ranks { get; }

    /// <summary>The pairs of the arms, stratum by stratum.</summary>
    internal PlainWins[] Strata { get; }

    internal PlainResult AncovaOnRanks() =>
        PlainAncova.Fit(_trial, Participants, Ranks, [.. _analysis.Covariates]).Arm();

    /// <summary>+1 where p does better than q, −1 where worse, 0 for a tie.</summary>
    private int Compare(int p, int q)
    {
        bool carries = _analysis.Incomplete is IncompleteFollowUp.LastObserved or IncompleteFollowUp.OrderedAtWithdrawal;
        if (_analysis.Incomplete == IncompleteFollowUp.OrderedAtWithdrawal && (Withdrew(p) || Withdrew(q)))
        {
            // The end of the time without an event; infinite at the horizon. Of equal ends, alive is better.
            int byTime = Math.Min(EndMonths(p), double.MaxValue).CompareTo(Math.Min(EndMonths(q), double.MaxValue));
            return byTime != 0 ? byTime : DiedBy(q).CompareTo(DiedBy(p));
        }

        if (DiedBy(p) && DiedBy(q))
        {
            return DeathMonths(p).CompareTo(DeathMonths(q));
        }

        if (DiedBy(q))
        {
            return carries || Has(p, _visit) || FollowUp(p) >= DeathMonths(q) ? 1 : AtLastCommonVisit(p, q);
        }

        if (DiedBy(p))
        {
            return -Compare(q, p);
        }

        return carries ? LastChange(p).CompareTo(LastChange(q)) : AtLastCommonVisit(p, q);
    }

    private int AtLastCommonVisit(int p, int q)
    {
        for (int v = _visit; v >= 0; v--)
        {
            if (Has(p, v) && Has(q, v))
            {
                return Change(p, v).CompareTo(Change(q, v));
            }
        }

        return 0;
    }

    private bool Withdrew(int p) => !DiedBy(p) && !Has(p, _visit) && FollowUp(p) < _horizonMonths;

    private double EndMonths(int p) => DiedBy(p) || Withdrew(p) ? FollowUp(p) : double.PositiveInfinity;

    private string Stratum(int p) =>
        string.Join('/', _analysis.StratifyBy.Select(name => _trial.Columns.Single(c => c.Name == name).Values[p]));

    private double LastChange(int p) => Change(p, Enumerable.Range(0, _visit + 1).Last(v => Has(p, v)));

    private double Change(int p, int v) => _trial.Scores[p][v] - _trial.Scores[p][0];

    private bool Has(int p, int v) => !double.IsNaN(_trial.Scores[p][v]);

    private bool DiedBy(int p) => DeathMonths(p) <= _horizonMonths;

    private double FollowUp(int p) => _trial.FollowUpMonths?[p] ?? _trial.ScheduledMonths[^1];

    private double DeathMonths(int p) => (_trial.Ends?[p] ?? EventKind.Completed) switch
    {
        EventKind.Death => FollowUp(p),
        EventKind.PermanentVentilation when _analysis.PermanentVentilationIsDeath => FollowUp(p),
        _ => double.PositiveInfinity,
    };
}
