using Tofersen.Simulation.Analyses;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Trials with repeated measures from a seed: gaps of all kinds, visits without an arm, covariances from none to nearly
/// singular, scores in very small and very large units, few participants and many.</summary>
internal sealed class RandomMmrmTrial
{
    private RandomMmrmTrial(PlainTrial trial, bool isEasy, bool isMonotone)
    {
        Trial = trial;
        IsEasy = isEasy;
        IsMonotone = isMonotone;
    }

    internal PlainTrial Trial { get; }

    /// <summary>Enough participants at each visit for any structure and any covariates of <see cref="Model"/>.</summary>
    internal bool IsEasy { get; }

    internal bool IsMonotone { get; }

    internal static RandomMmrmTrial Draw(Random random, bool? easy = null, bool? monotone = null)
    {
        bool isEasy = easy ?? random.Next(2) == 0;
        int visits = isEasy ? random.Next(1, 4) : random.Next(1, 6);
        int n = isEasy ? random.Next(50, 80) : random.Next(5, 40);
        bool isMonotone = monotone ?? random.Next(3) == 0;
        var trial = new PlainTrial
        {
            VisitWeeks = [.. Enumerable.Range(0, visits + 1).Select(v => 4.0 * v)],
            StratumNames = ["fast", "slow"],
            Strata = [.. Many(n, () => (byte)random.Next(2))],
            Arms = [.. Enumerable.Range(0, n).Select(p => (byte)(p % 3 == 0 ? 0 : 1))],
        };
        double correlation = random.Next(4) switch { 0 => 0, 1 => 0.4, 2 => 0.8, _ => 0.99 };
        double unit = random.Next(4) switch { 0 => 1e-4, 1 => 1e6, _ => 1 };
        trial.Scores = [.. Many(n, () => Scores(random, visits, correlation, unit))];
        trial.Columns =
        [
            new PlainColumn("baseline", [], [.. trial.Scores.Select(s => s[0])]),
            new PlainColumn("age", [], [.. Many(n, () => Math.Round(40 + (40 * random.NextDouble()), 1))]),
            new PlainColumn("sex", ["female", "male"], [.. Many(n, () => (double)random.Next(2))]),
            new PlainColumn("stratum", ["fast", "slow"], [.. trial.Strata.Select(s => (double)s)]),
        ];
        TakeOut(random, trial, isEasy, isMonotone);
        return new RandomMmrmTrial(trial, isEasy, isMonotone);
    }

    /// <summary>A model of any structure for all visits.</summary>
    internal static Mmrm Model(Random random, PlainTrial trial)
    {
        string[] covariates =
        [
            .. new[]
            {
                random.Next(2) == 0 ? "baseline*visit" : "baseline", random.Next(3) == 0 ? "age*visit" : "age",
                random.Next(2) == 0 ? "sex*visit" : "sex", random.Next(2) == 0 ? "stratum*arm" : "stratum*visit",
            }
            .Where(_ => random.Next(3) == 0),
        ];
        bool isRestricted = random.Next(3) > 0;
        return new Mmrm
        {
            Week = trial.VisitWeeks[^1],
            Covariates = [.. covariates],
            Covariance = random.Next(2) == 0 ? CovarianceStructure.Unstructured : (CovarianceStructure)random.Next(9),
            Estimation = isRestricted ? LikelihoodEstimation.Reml : LikelihoodEstimation.Ml,
            DegreesOfFreedom = (DegreesOfFreedomMethod)(isRestricted ? random.Next(3) : 0),
            Response = (AncovaResponse)random.Next(2),
        };
    }

    private static T[] Many<T>(int n, Func<T> draw) => [.. Enumerable.Range(0, n).Select(_ => draw())];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // A first-order autoregression about a line, with some spread between participants.
    private static double[] Scores(Random random, int visits, double correlation, double unit)
    {
        double baseline = Math.Round(30 + (4 * Normal(random)), 1);
        double error = Normal(random);
        var scores = new double[visits + 1];
        scores[0] = unit * baseline;
        for (int v = 1; v <= visits; v++)
        {
            error = (correlation * error) + (Math.Sqrt(1 - (correlation * correlation)) * Normal(random));
            scores[v] = unit * Math.Round(baseline - v + (3 * (1 + (0.2 * v)) * error), 3);
        }

        return scores;
    }

    private static void TakeOut(Random random, PlainTrial trial, bool isEasy, bool isMonotone)
    {
        int visits = trial.VisitWeeks.Length - 1;
        double share = random.Next(4) switch { 0 => 0, 1 => 0.1, _ => isEasy ? 0.15 : 0.35 };
        foreach (double[] scores in trial.Scores)
        {
            bool left = false;
            for (int v = isMonotone && isEasy ? 2 : 1; v <= visits; v++)
            {
                bool misses = random.NextDouble() < share / (isMonotone ? 2 : 1);
                left |= misses && isMonotone;
                scores[v] = left || misses ? double.NaN : scores[v];
            }
        }

        int without = isEasy ? 0 : random.Next(8);
        if (without == 1)
        {
            // An arm is missing at a visit, and after it where nobody returns.
            int visit = random.Next(1, visits + 1);
            byte arm = (byte)random.Next(2);
            for (int p = 0; p < trial.Participants; p++)
            {
                for (int v = visit; trial.Arms[p] == arm && v <= (isMonotone ? visits : visit); v++)
                {
                    trial.Scores[p][v] = double.NaN;
                }
            }
        }

        if (without == 2)
        {
            // Nobody comes to the last visit, but one perhaps.
            foreach (double[] scores in trial.Scores.Skip(random.Next(2)))
            {
                scores[visits] = double.NaN;
            }
        }
    }
}
