namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Outcomes of all pairs of a stratum, and win statistics from their definitions.</summary>
/// <param name="Outcomes">+1, 0, −1 of each active participant (row) against each control participant (column).</param>
/// <param name="ActiveScores">Wins − losses of the active participants against everybody of the stratum.</param>
/// <param name="ControlScores">The same of the control participants.</param>
internal sealed record PlainWins(int[][] Outcomes, int[] ActiveScores, int[] ControlScores)
{
    internal int Active => ActiveScores.Length;

    internal int Control => ControlScores.Length;

    internal int Pairs => Active * Control;

    internal int Total => Active + Control;

    internal int Wins { get; } = Outcomes.Sum(row => row.Count(o => o > 0));

    internal int Losses { get; } = Outcomes.Sum(row => row.Count(o => o < 0));

    internal int Ties { get; } = Outcomes.Sum(row => row.Count(o => o == 0));

    /// <summary>T and its permutation variance.</summary>
    internal (double Sum, double Variance) Permutation()
    {
        int[] all = [.. ActiveScores, .. ControlScores];
        return (ActiveScores.Sum(), Pairs == 0 ? 0 : Pairs / (Total * (Total - 1.0)) * all.Sum(s => (double)s * s));
    }

    /// <summary>General covariance of two sums over pairs: sample covariances of the row sums and of the column sums.</summary>
    internal double Covariance(Func<int, double> first, Func<int, double> second)
    {
        double[] rows1 = Rows(first), rows2 = Rows(second), columns1 = Columns(first), columns2 = Columns(second);
        return (Active * SampleCovariance(rows1, rows2)) + (Control * SampleCovariance(columns1, columns2));
    }

    /// <summary>Variance of wins − losses under no effect, written as Dong et al. 2016 write it: sums over pairs of pairs that share a
    /// participant, centred at the share θ that wins and losses have in common.</summary>
    internal double VarianceUnderNull()
    {
        double theta = (Wins + Losses) / (2.0 * Pairs);
        double Sum(Func<int, double> first, Func<int, double> second)
        {
            double sharedActive = 0, sharedControl = 0;
            double[] rows = Rows(o => second(o) - theta), columns = Columns(o => second(o) - theta);
            for (int i = 0; i < Active; i++)
            {
                for (int j = 0; j < Control; j++)
                {
                    double own = second(Outcomes[i][j]) - theta;
                    sharedActive += (first(Outcomes[i][j]) - theta) * (rows[i] - own);
                    sharedControl += (first(Outcomes[i][j]) - theta) * (columns[j] - own);
                }
            }

            return Pairs * ((sharedActive / (Control - 1) / Active) + (sharedControl / (Active - 1) / Control));
        }

        return Sum(Won, Won) + Sum(Lost, Lost) - (2 * Sum(Won, Lost));
    }

    internal static double Won(int outcome) => outcome > 0 ? 1 : 0;

    internal static double Lost(int outcome) => outcome < 0 ? 1 : 0;

    private double[] Rows(Func<int, double> value) => [.. Outcomes.Select(row => row.Sum(value))];

    private double[] Columns(Func<int, double> value) =>
        [.. Enumerable.Range(0, Control).Select(j => Outcomes.Sum(row => value(row[j])))];

    private static double SampleCovariance(double[] a, double[] b)
    {
        double meanA = a.Average();
        double meanB = b.Average();
        return a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum() / (a.Length - 1);
    }
}

/// <summary>Tests of pairs by stratum; strata are added with the weights 1 / participants.</summary>
internal sealed class PlainWinTests(int participants, PlainWins[] all)
{
    private readonly PlainWins[] _strata = [.. all.Where(s => s.Pairs > 0)];

    internal double WinRatio => A / B;

    internal double WinOdds => (Q + A - B) / (Q - A + B);

    internal double NetBenefit => (A - B) / Q;

    private double A { get; } = all.Sum(s => (double)s.Wins / s.Total);

    private double B { get; } = all.Sum(s => (double)s.Losses / s.Total);

    private double Q { get; } = all.Sum(s => (double)s.Pairs / s.Total);

    internal PlainResult Unadjusted()
    {
        double pairs = _strata.Sum(s => s.Pairs);
        double variance = _strata.Sum(s => s.Permutation().Variance);
        return variance > 0
            ? new PlainResult(
                participants, _strata.Sum(s => s.Permutation().Sum) / pairs, Math.Sqrt(variance) / pairs, double.PositiveInfinity)
            : PlainResult.NotEstimable(participants);
    }

    /// <summary>Share of all allocations with |T| at least as large, by walking through every one; null where there are too
    /// many.</summary>
    internal double? ExactP()
    {
        if (_strata.Sum(s => s.Total) > 14)
        {
            return null;
        }

        int observed = Math.Abs(_strata.Sum(s => s.ActiveScores.Sum()));
        List<int> sums = [0];
        foreach (PlainWins stratum in _strata)
        {
            int[] scores = [.. stratum.ActiveScores, .. stratum.ControlScores];
            int[] ofSubsets =
            [
                .. Enumerable.Range(0, 1 << scores.Length)
                    .Where(subset => int.PopCount(subset) == stratum.Active)
                    .Select(subset => scores.Where((_, i) => (subset >> i & 1) == 1).Sum()),
            ];
            sums = [.. sums.SelectMany(sum => ofSubsets.Select(other => sum + other))];
        }

        return sums.Count(sum => Math.Abs(sum) >= observed) / (double)sums.Count;
    }

    internal PlainResult LogWinRatio(bool underNull)
    {
        double general = Weighted(s =>
            s.Covariance(o => (PlainWins.Won(o) / A) - (PlainWins.Lost(o) / B), o => (PlainWins.Won(o) / A) - (PlainWins.Lost(o) / B)));
        return A > 0 && B > 0
            ? Result(Math.Log(A / B), underNull ? Null / Math.Pow((A + B) / 2, 2) : general, underNull)
            : PlainResult.NotEstimable(participants);
    }

    internal PlainResult LogWinOdds(bool underNull)
    {
        double slope = underNull ? 2 / Q : (1 / (Q + A - B)) + (1 / (Q - A + B));
        return Math.Abs(A - B) < Q * (1 - 1e-12)
            ? Result(Math.Log(WinOdds), slope * slope * (underNull ? Null : OfDifference), underNull)
            : PlainResult.NotEstimable(participants);
    }

    internal PlainResult NetBenefitTest(bool underNull) =>
        Q > 0 ? Result(NetBenefit, (underNull ? Null : OfDifference) / (Q * Q), underNull) : PlainResult.NotEstimable(participants);

    private double OfDifference => Weighted(s => s.Covariance(o => o, o => o));

    private double Null => Weighted(s => s.VarianceUnderNull());

    private double Weighted(Func<PlainWins, double> variance) => _strata.Sum(s => variance(s) / s.Total / s.Total);

    private PlainResult Result(double estimate, double variance, bool underNull) =>
        variance > 1e-13 && _strata.All(s => s.Active > 1 && s.Control > 1)
            ? new PlainResult(participants, estimate, Math.Sqrt(variance), double.PositiveInfinity)
            : PlainResult.NotEstimable(participants);
}
