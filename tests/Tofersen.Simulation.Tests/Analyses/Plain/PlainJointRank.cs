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
        string[] covariates = analysis.Test == JointRankTest.AncovaOnRanks ? [.. analysis.Covariates] : [];
        Participants =
        [
            .. Enumerable.Range(0, trial.Participants).Where(p =>
                PlainAncova.Counts(trial, p, covariates, [.. analysis.Strata])
                && Has(p, 0)
                && (DiedBy(p) || Has(p, _visit) || analysis.Incomplete != IncompleteFollowUp.Excluded)),
        ];
        Scores = [.. Participants.Select(p => Participants.Sum(q => p == q ? 0 : Compare(p, q)))];
        Ranks = [.. Scores.Select(s => Scores.Count(other => other < s) + ((Scores.Count(other => other == s) + 1) / 2.0))];
        foreach (int p in Participants.Where(p => trial.Arms[p] == 1))
        {
            foreach (int q in Participants.Where(q => trial.Arms[q] == 0))
            {
                int outcome = Compare(p, q);
                Wins += outcome > 0 ? 1 : 0;
                Losses += outcome < 0 ? 1 : 0;
                Ties += outcome == 0 ? 1 : 0;
            }
        }
    }

    internal int[] Participants { get; }

    internal int[] Scores { get; }

    internal double[] Ranks { get; }

    internal int Wins { get; }

    internal int Losses { get; }

    internal int Ties { get; }

    internal PlainResult Unadjusted()
    {
        int n = Participants.Length;
        double active = Participants.Count(p => _trial.Arms[p] == 1);
        double pairs = active * (n - active);
        double sum = Participants.Select((p, i) => _trial.Arms[p] * Scores[i]).Sum();
        double variance = pairs / (n * (n - 1.0)) * Scores.Sum(s => (double)s * s);
        return variance > 0
            ? new PlainResult(n, sum / pairs, Math.Sqrt(variance) / pairs, double.PositiveInfinity)
            : PlainResult.NotEstimable(n);
    }

    internal PlainResult AncovaOnRanks() =>
        PlainAncova.Fit(_trial, Participants, Ranks, [.. _analysis.Covariates]).Arm();

    /// <summary>+1 where p does better than q, −1 where worse, 0 for a tie.</summary>
    private int Compare(int p, int q)
    {
        bool carries = _analysis.Incomplete == IncompleteFollowUp.LastObserved;
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
