namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Slopes by participant from the sums of the textbook, in decimal arithmetic, and their analysis of covariance.</summary>
internal static class PlainSlopes
{
    internal static PlainResult Fit(
        PlainTrial trial, int firstVisit, int lastVisit, int minimumVisits, string[] covariates, string[] strata)
    {
        var participants = new List<int>();
        var slopes = new List<double>();
        for (int p = 0; p < trial.Participants; p++)
        {
            double slope = Slope(trial, p, firstVisit, lastVisit, minimumVisits);
            if (!double.IsNaN(slope) && PlainAncova.Counts(trial, p, covariates, strata))
            {
                participants.Add(p);
                slopes.Add(slope);
            }
        }

        return PlainAncova.Fit(trial, participants, [.. slopes], covariates).Arm();
    }

    /// <summary>(n Σxy − Σx Σy) / (n Σx² − (Σx)²); NaN with too few different times.</summary>
    internal static double Slope(PlainTrial trial, int p, int firstVisit, int lastVisit, int minimumVisits)
    {
        double[] months = trial.VisitMonths?[p] ?? trial.ScheduledMonths;
        int[] visits =
        [
            .. Enumerable.Range(firstVisit, lastVisit - firstVisit + 1).Where(v => !double.IsNaN(trial.Scores[p][v])),
        ];
        if (visits.Select(v => months[v]).Distinct().Count() < minimumVisits)
        {
            return double.NaN;
        }

        decimal n = visits.Length;
        decimal x = visits.Sum(v => (decimal)months[v]);
        decimal y = visits.Sum(v => (decimal)trial.Scores[p][v]);
        decimal xx = visits.Sum(v => (decimal)months[v] * (decimal)months[v]);
        decimal xy = visits.Sum(v => (decimal)months[v] * (decimal)trial.Scores[p][v]);
        return (double)(((n * xy) - (x * y)) / ((n * xx) - (x * x)));
    }
}
