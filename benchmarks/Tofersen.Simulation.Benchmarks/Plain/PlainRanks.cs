using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>Joint ranks of function and survival: by comparing every pair, or by sorting where the order is one.</summary>
internal static class PlainRanks
{
    /// <summary>Analysis of covariance of the ranks, everybody at the last visit that both of a pair have.</summary>
    internal static PlainResult LastCommonVisit(
        PlainParticipant[] trial, int visit, double horizonMonths, Func<PlainParticipant, double>[] covariates) =>
        PlainTests.Ancova(trial, MidRanks(Scores(trial, visit, horizonMonths)), covariates);

    /// <summary>The same with the last observed change of who left: the dead by time, then the others by change.</summary>
    internal static PlainResult LastObserved(
        PlainParticipant[] trial, int visit, double horizonMonths, Func<PlainParticipant, double>[] covariates)
    {
        (int Alive, double Value)[] outcomes =
        [
            .. trial.Select(p => DiedBy(p, horizonMonths)
                ? (0, p.FollowUpMonths)
                : (1, p.Change(Enumerable.Range(0, visit + 1).Last(p.Has)))),
        ];
        return PlainTests.Ancova(trial, MidRanks(outcomes), covariates);
    }

    /// <summary>Finkelstein and Schoenfeld's test: the sum of the active arm's scores over its permutation variance, within strata.</summary>
    internal static PlainResult Unadjusted(PlainParticipant[] trial, int visit, double horizonMonths, bool stratified)
    {
        double sum = 0, variance = 0, pairs = 0;
        foreach (IGrouping<int, PlainParticipant> stratum in trial.GroupBy(p => stratified ? p.Stratum : 0))
        {
            PlainParticipant[] members = [.. stratum];
            int[] scores = Scores(members, visit, horizonMonths);
            double n = members.Length;
            double active = members.Count(p => p.IsActive);
            sum += members.Select((p, i) => p.IsActive ? scores[i] : 0).Sum();
            variance += active * (n - active) / (n * (n - 1)) * scores.Sum(s => (double)s * s);
            pairs += active * (n - active);
        }

        return new PlainResult(trial.Length, sum / pairs, Math.Sqrt(variance) / pairs, double.PositiveInfinity);
    }

    // Wins less losses of each against all others.
    private static int[] Scores(PlainParticipant[] trial, int visit, double horizonMonths)
    {
        var scores = new int[trial.Length];
        for (int i = 0; i < trial.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int outcome = Compare(trial[i], trial[j], visit, horizonMonths);
                scores[i] += outcome;
                scores[j] -= outcome;
            }
        }

        return scores;
    }

    private static int Compare(PlainParticipant first, PlainParticipant second, int visit, double horizonMonths)
    {
        bool firstDied = DiedBy(first, horizonMonths);
        bool secondDied = DiedBy(second, horizonMonths);
        if (firstDied && secondDied)
        {
            return first.FollowUpMonths.CompareTo(second.FollowUpMonths);
        }

        if (firstDied)
        {
            return -Compare(second, first, visit, horizonMonths);
        }

        return secondDied && (first.Has(visit) || first.FollowUpMonths >= second.FollowUpMonths)
            ? 1
            : AtLastCommonVisit(first, second, visit);
    }

    private static int AtLastCommonVisit(PlainParticipant first, PlainParticipant second, int visit)
    {
        while (!(first.Has(visit) && second.Has(visit)))
        {
            visit--;
        }

        return first.Change(visit).CompareTo(second.Change(visit));
    }

    private static bool DiedBy(PlainParticipant p, double horizonMonths) =>
        p.End is EventKind.Death or EventKind.PermanentVentilation && p.FollowUpMonths <= horizonMonths;

    private static double[] MidRanks<T>(T[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i])];
        var ranks = new double[values.Length];
        for (int from = 0; from < order.Length;)
        {
            int to = from + 1;
            while (to < order.Length && Equals(values[order[to]], values[order[from]]))
            {
                to++;
            }

            for (int k = from; k < to; k++)
            {
                ranks[order[k]] = (from + to + 1) / 2.0;
            }

            from = to;
        }

        return ranks;
    }
}
