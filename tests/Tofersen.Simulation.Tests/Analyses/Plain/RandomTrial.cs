using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Trials of all sorts from a seed: small and large, with ties, gaps, empty arms, everybody dead or nobody, covariates with
/// gaps, collinear columns, and levels that nobody has. All numbers have few decimals, so that ties are common and decimal
/// arithmetic holds them exactly.</summary>
internal static class RandomTrial
{
    internal static readonly string[] CovariateNames = ["baseline", "age", "ageMonths", "male", "site", "stratum"];

    internal static PlainTrial Draw(Random random, int? visitCount = null)
    {
        int n = random.Next(4) switch
        {
            0 => random.Next(2, 7),
            1 => random.Next(7, 20),
            2 => random.Next(20, 60),
            _ => random.Next(60, 201),
        };
        int visits = visitCount ?? random.Next(2, 13);
        var trial = new PlainTrial
        {
            VisitWeeks = [.. Enumerable.Range(0, visits).Select(v => 4.0 * v)],
            StratumNames = ["fast", "slow", "nobody"],
            Strata = [.. Many(n, () => (byte)random.Next(2))],
            Arms = Arms(random, n),
        };
        double[] months = trial.ScheduledMonths;
        double jitter = random.Next(2) == 0 ? 0 : 0.2;
        trial.VisitMonths =
        [
            .. Many(n, () => months
                .Select((m, v) => v == 0 ? 0 : Math.Round(m + (jitter * (random.NextDouble() - 0.5)), 3)).ToArray()),
        ];
        DrawFollowUp(random, trial);
        trial.Scores = [.. Many(n, () => new double[visits])];
        DrawScores(random, trial);
        trial.Columns = Columns(random, trial);
        return trial;
    }

    /// <summary>Each of some names with probability one half, in random order.</summary>
    internal static string[] Some(Random random, string[] names) =>
        [.. names.Where(_ => random.Next(2) == 0).OrderBy(_ => random.Next())];

    /// <summary>All strata mostly; otherwise one, two, or one that is empty.</summary>
    internal static string[] Strata(Random random) => random.Next(6) switch
    {
        0 => ["slow"],
        1 => ["fast", "slow"],
        2 => ["nobody"],
        _ => [],
    };

    private static T[] Many<T>(int n, Func<T> draw) => [.. Enumerable.Range(0, n).Select(_ => draw())];

    private static byte[] Arms(Random random, int n)
    {
        int kind = random.Next(20);
        return Many(n, () => kind switch { 0 => (byte)0, 1 => (byte)1, < 8 => (byte)Math.Min(1, random.Next(3)), _ => (byte)random.Next(2) });
    }

    private static void DrawFollowUp(Random random, PlainTrial trial)
    {
        double[] months = trial.ScheduledMonths;
        double end = months[^1];
        double leaves = random.Next(5) switch { 0 => 0, 1 => 1, 2 => 0.8, _ => 0.3 };
        int oneKind = random.Next(3);
        int grid = random.Next(3);
        trial.Ends = new EventKind[trial.Participants];
        trial.FollowUpMonths = new double[trial.Participants];
        for (int p = 0; p < trial.Participants; p++)
        {
            bool left = random.NextDouble() < leaves;
            double month = grid switch
            {
                0 => months[random.Next(months.Length)],
                1 => Math.Min(end, random.Next(1 + (int)(2 * end)) / 2.0),
                _ => Math.Round(random.NextDouble() * end, 3),
            };
            trial.FollowUpMonths[p] = left ? month : end;
            trial.Ends[p] = !left ? EventKind.Completed : oneKind == 0 ? EventKind.Death : (EventKind)random.Next(1, 6);
        }
    }

    private static void DrawScores(Random random, PlainTrial trial)
    {
        double gaps = random.Next(3) switch { 0 => 0, 1 => 0.1, _ => 0.5 };
        bool missesBaselines = random.Next(5) == 0;
        bool keepsLaterScores = random.Next(10) == 0;
        int decimals = random.Next(3);
        double spread = random.Next(4) == 0 ? 0 : 6;
        for (int p = 0; p < trial.Participants; p++)
        {
            double[] scores = trial.Scores[p];
            double slope = -1 + (spread / 6 * (random.NextDouble() - 0.5));
            for (int v = 0; v < scores.Length; v++)
            {
                double month = trial.VisitMonths![p][v];
                bool isAfter = month > trial.FollowUpMonths![p] && !keepsLaterScores;
                bool isMissing = isAfter || (v == 0 ? missesBaselines && random.Next(10) == 0 : random.NextDouble() < gaps);
                double value = (v == 0 ? 30 : scores[0]) + (slope * month) + (spread * (random.NextDouble() - 0.5));
                scores[v] = v == 0 ? Math.Round(value + (10 * random.NextDouble()), decimals)
                    : isMissing || double.IsNaN(value) ? double.NaN
                    : Math.Round(value, decimals);
            }

            scores[0] = missesBaselines && random.Next(10) == 0 ? double.NaN : scores[0];
        }
    }

    private static List<PlainColumn> Columns(Random random, PlainTrial trial)
    {
        int n = trial.Participants;
        double missing = random.Next(3) == 0 ? 0.1 : 0;
        double Or(double value) => random.NextDouble() < missing ? double.NaN : value;
        double[] age = Many(n, () => Or(Math.Round(40 + (40 * random.NextDouble()), 1)));

        // Sites 1 and 3 alone may be in use, of four.
        bool skips = random.Next(2) == 0;
        return
        [
            new PlainColumn("baseline", [], [.. trial.Scores.Select(scores => scores[0])]),
            new PlainColumn("age", [], age),
            new PlainColumn("ageMonths", [], [.. age.Select(a => 12 * a)]),
            new PlainColumn("male", [], Many(n, () => Or(random.Next(2)))),
            new PlainColumn(
                "site", ["a", "b", "c", "d"], Many(n, () => Or(skips ? 1 + (2 * random.Next(2)) : random.Next(4)))),
            new PlainColumn("stratum", trial.StratumNames, [.. trial.Strata!.Select(s => (double)s)]),
        ];
    }
}
