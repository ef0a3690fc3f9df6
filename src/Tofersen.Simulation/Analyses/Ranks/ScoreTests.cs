namespace Tofersen.Simulation.Analyses.Ranks;

/// <summary>The tests of joint ranks without covariates, of the scores that an engine holds.</summary>
internal sealed class ScoreTests
{
    private readonly JointRankEngine _engine;
    private readonly StratumTally[] _tallies;
    private readonly StratumScores[] _scores;
    private readonly PermutationDistribution? _exact;
    private readonly double _normalCritical;

    /// <summary>Makes the tests.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="capacity">Most participants.</param>
    /// <param name="alpha">Two-sided level.</param>
    /// <param name="exact">Whether the exact test is wanted, which needs memory.</param>
    internal ScoreTests(JointRankEngine engine, int capacity, double alpha, bool exact)
    {
        _engine = engine;
        _tallies = new StratumTally[engine.StratumCount];
        _scores = new StratumScores[engine.StratumCount];
        _exact = exact ? new PermutationDistribution(Math.Min(capacity, JointRank.LargestExact)) : null;
        _normalCritical = StudentT.TwoSidedCriticalValue(alpha, double.PositiveInfinity);
    }

    /// <summary>Win statistics of an engine that counted wins.</summary>
    internal WinStatistics Wins() => new(_engine, _tallies, _normalCritical);

    /// <summary>T = Σ of the active arm's scores over the root of Σ V, V = n₁ n₀ / (N (N − 1)) Σ S² in each stratum.</summary>
    internal AnalysisResult Unadjusted()
    {
        int n = _engine.Count;
        _scores.AsSpan().Clear();
        for (int i = 0; i < n; i++)
        {
            _scores[_engine.Strata[i]].Add(_engine.Scores[i], _engine.IsActive[i]);
        }

        long sum = 0;
        double pairs = 0;
        double variance = 0;
        foreach (ref readonly StratumScores stratum in _scores.AsSpan())
        {
            double size = stratum.Count;
            double stratumPairs = stratum.Active * (size - stratum.Active);
            if (stratumPairs > 0)
            {
                sum += stratum.Sum;
                pairs += stratumPairs;
                variance += stratumPairs / (size * (size - 1)) * stratum.Squares;
            }
        }

        if (!(variance > 0))
        {
            return AnalysisResult.NotEstimable(n);
        }

        double root = Math.Sqrt(variance);
        return AnalysisResult.FromZ(sum / pairs, root / pairs, sum / root, _normalCritical, n);
    }

    /// <summary>The same with the exact p value, up to the largest exact number of participants.</summary>
    internal AnalysisResult ExactPermutation()
    {
        AnalysisResult result = Unadjusted();
        return result.IsUsable && _exact is not null && _engine.Count <= JointRank.LargestExact
            ? result with { PValue = _exact.TwoSidedP(_engine) }
            : result;
    }

    private struct StratumScores
    {
        internal int Count;
        internal int Active;
        internal long Sum;
        internal double Squares;

        internal void Add(int score, int isActive)
        {
            Count++;
            Active += isActive;
            Sum += (long)isActive * score;
            Squares += (double)score * score;
        }
    }
}
