using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Tests.Analyses.Plain;

namespace Tofersen.Simulation.Benchmarks.Plain;

/// <summary>The plain analyses of one trial, for participants that are objects.</summary>
internal static class PlainTests
{
    internal static readonly Func<PlainParticipant, double>[] FourCovariates =
        [p => p.Scores[0], p => p.LogNeurofilament, p => p.TakesRiluzole ? 1 : 0, p => p.TakesEdaravone ? 1 : 0];

    /// <summary>Analysis of covariance of the change at a visit.</summary>
    internal static PlainResult Ancova(PlainParticipant[] trial, int visit, Func<PlainParticipant, double>[] covariates)
    {
        PlainParticipant[] seen = [.. trial.Where(p => p.Has(visit))];
        return Ancova(seen, [.. seen.Select(p => p.Change(visit))], covariates);
    }

    /// <summary>Analysis of covariance of any response.</summary>
    internal static PlainResult Ancova(PlainParticipant[] participants, double[] response, Func<PlainParticipant, double>[] covariates) =>
        LeastSquares.TestLast(
            [.. participants.Select(p => (double[])[1, .. covariates.Select(covariate => covariate(p)), p.Arm])], response);

    /// <summary>Slopes of those with enough visits by the sums of the textbook, then an analysis of covariance.</summary>
    internal static PlainResult Slopes(
        PlainParticipant[] trial, int lastVisit, int minimumVisits, Func<PlainParticipant, double>[] covariates)
    {
        var kept = new List<PlainParticipant>();
        var slopes = new List<double>();
        foreach (PlainParticipant participant in trial)
        {
            int[] visits = [.. Enumerable.Range(0, lastVisit + 1).Where(participant.Has)];
            if (visits.Length >= minimumVisits)
            {
                double x = visits.Average(v => participant.VisitMonths[v]);
                double y = visits.Average(v => participant.Scores[v]);
                kept.Add(participant);
                slopes.Add(
                    visits.Sum(v => (participant.VisitMonths[v] - x) * (participant.Scores[v] - y))
                    / visits.Sum(v => Math.Pow(participant.VisitMonths[v] - x, 2)));
            }
        }

        return Ancova([.. kept], [.. slopes], covariates);
    }

    /// <summary>Log-rank test of some ends of follow-up to a week, by stratum where asked for.</summary>
    internal static PlainResult LogRank(PlainParticipant[] trial, double week, EventKind[] events, bool stratified)
    {
        double horizon = StudyTime.MonthsFromWeeks(week);
        return new PlainLogRank(
        [
            .. trial.Select(p => (
                Math.Min(p.FollowUpMonths, horizon),
                IsEvent(p, events, horizon),
                (int)p.Arm,
                stratified ? $"{p.Stratum}" : "")),
        ]).Result;
    }

    /// <summary>Cox regression, Wald's test of the arm.</summary>
    internal static PlainResult Cox(
        PlainParticipant[] trial, double week, EventKind[] events, Func<PlainParticipant, double>[] covariates)
    {
        double horizon = StudyTime.MonthsFromWeeks(week);
        var cox = new PlainCox(
            [
                .. trial.Select(p => new PlainCoxRow(
                    Math.Min(p.FollowUpMonths, horizon),
                    IsEvent(p, events, horizon),
                    "",
                    [.. covariates.Select(covariate => covariate(p)), p.Arm])),
            ],
            TieHandling.Efron,
            covariates.Length + 1);
        int last = covariates.Length;
        return cox.IsConverged && !cox.IsInfinite && !cox.Aliased[last]
            ? new PlainResult(trial.Length, cox.Beta[last], Math.Sqrt(cox.Covariance[last, last]), double.PositiveInfinity)
            : PlainResult.NotEstimable(trial.Length);
    }

    /// <summary>Difference of the restricted means, with Greenwood's variance, from life tables.</summary>
    internal static PlainResult RestrictedMean(PlainParticipant[] trial, double week, EventKind[] events)
    {
        double horizon = StudyTime.MonthsFromWeeks(week);
        (double Mean, double Variance)[] arms =
        [
            .. Enumerable.Range(0, 2).Select(arm => LifeTable(
                [.. trial.Where(p => p.Arm == arm).Select(p => (p.FollowUpMonths, IsEvent(p, events, horizon)))], horizon)),
        ];
        return new PlainResult(
            trial.Length, arms[1].Mean - arms[0].Mean, Math.Sqrt(arms[0].Variance + arms[1].Variance), double.PositiveInfinity);
    }

    private static bool IsEvent(PlainParticipant p, EventKind[] events, double horizon) =>
        events.Contains(p.End) && p.FollowUpMonths <= horizon;

    private static (double Mean, double Variance) LifeTable((double Months, bool IsEvent)[] times, double horizon)
    {
        double survival = 1, mean = 0, from = 0;
        var steps = new List<(double Area, double Term)>();
        foreach (IGrouping<double, (double Months, bool IsEvent)> tied in times.Where(t => t.IsEvent).GroupBy(t => t.Months).OrderBy(g => g.Key))
        {
            double atRisk = times.Count(t => t.Months >= tied.Key);
            double deaths = tied.Count();
            mean += survival * (tied.Key - from);
            (survival, from) = (survival * (1 - (deaths / atRisk)), tied.Key);
            steps.Add((mean, atRisk > deaths ? deaths / (atRisk * (atRisk - deaths)) : 0));
        }

        mean += survival * (horizon - from);
        return (mean, steps.Sum(s => Math.Pow(mean - s.Area, 2) * s.Term));
    }
}
