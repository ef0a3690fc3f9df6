using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Ranks;

/// <summary>Exact distribution of the sum of whole-number scores over one arm, when all allocations with arms of the same sizes are
/// equally likely, within strata.</summary>
/// <remarks>
/// <para>Counts of subsets by size and sum, one participant after another (Streitberg and Röhmel 1986): with scores in rising order,
/// c(k, t) ← c(k, t) + c(k − 1, t − sᵢ). A row k begins at the sum of its k lowest scores. Scores are shifted to begin at 0 and divided by
/// their greatest common divisor; the smaller arm is counted. All terms are positive, so the relative error stays near that of one
/// addition times n. Strata are folded together one by one.</para>
/// <para>The scores of a stratum sum to 0, and k participants have at most k (n − k) wins over the others, which bounds the sums.</para>
/// </remarks>
internal sealed class PermutationDistribution
{
    private readonly int[] _scores;
    private readonly int[] _prefix;
    private readonly int[] _starts;
    private readonly double[] _counts;
    private double[] _folded;
    private double[] _next;

    /// <summary>Makes room for trials of at most a number of participants.</summary>
    internal PermutationDistribution(int participants)
    {
        int most = participants / 2;
        _scores = new int[participants];
        _prefix = new int[participants + 1];
        _starts = new int[most + 2];
        for (int k = 0; k <= most; k++)
        {
            _starts[k + 1] = _starts[k] + (2 * k * (participants - k)) + 1;
        }

        _counts = new double[_starts[most + 1]];
        int sums = (2 * most * (participants - most)) + 1;
        (_folded, _next) = (new double[sums], new double[sums]);
    }

    /// <summary>P(|T| ≥ |t|) for the observed sum t of the active arm's scores, all strata together.</summary>
    internal double TwoSidedP(JointRankEngine engine)
    {
        int limit = 0;
        _folded[0] = 1;
        long observed = 0;
        for (int s = 0; s < engine.StratumCount; s++)
        {
            int n = 0;
            int active = 0;
            for (int i = 0; i < engine.Count; i++)
            {
                if (engine.Strata[i] == s)
                {
                    _scores[n++] = engine.Scores[i];
                    active += engine.IsActive[i];
                    observed += engine.IsActive[i] * engine.Scores[i];
                }
            }

            if (active > 0 && active < n)
            {
                limit = Fold(n, active, limit);
            }
        }

        // The folded distribution holds the sums −limit to limit.
        double tails = 0;
        double all = 0;
        for (int t = -limit; t <= limit; t++)
        {
            double share = _folded[t + limit];
            all += share;
            tails += Math.Abs(t) >= Math.Abs(observed) ? share : 0;
        }

        return Math.Min(1, tails / all);
    }

    /// <summary>Adds the sum of another stratum's scores to what is folded, and returns the new limit.</summary>
    private int Fold(int n, int active, int limit)
    {
        int size = Math.Min(active, n - active);
        int direction = size == active ? 1 : -1;
        int step = Normalise(n, out int lowest);
        Count(n, size);

        int widest = limit + (size * (n - size));
        _next.AsSpan(0, (2 * widest) + 1).Clear();
        ReadOnlySpan<double> counts = _counts.AsSpan(_starts[size], _prefix[n] - _prefix[n - size] - _prefix[size] + 1);
        double subsets = 0;
        foreach (double count in counts)
        {
            subsets += count;
        }

        ReadOnlySpan<double> before = _folded.AsSpan(0, (2 * limit) + 1);
        for (int c = 0; c < counts.Length; c++)
        {
            int sum = direction * ((step * (_prefix[size] + c)) + (size * lowest));
            double share = counts[c] / subsets;
            if (share > 0)
            {
                AddMultiple(share, before, _next.AsSpan(sum - limit + widest, before.Length));
            }
        }

        (_folded, _next) = (_next, _folded);
        return widest;
    }

    /// <summary>Sorts the scores, makes them begin at 0 in steps of 1, and returns the step; fills prefix sums.</summary>
    private int Normalise(int n, out int lowest)
    {
        Span<int> scores = _scores.AsSpan(0, n);
        scores.Sort();
        lowest = scores[0];
        int step = 0;
        foreach (int score in scores)
        {
            step = GreatestCommonDivisor(step, score - lowest);
        }

        step = Math.Max(step, 1);
        for (int i = 0; i < n; i++)
        {
            scores[i] = (scores[i] - lowest) / step;
            _prefix[i + 1] = _prefix[i] + scores[i];
        }

        return step;
    }

    private void Count(int n, int size)
    {
        _counts.AsSpan(0, _starts[size + 1]).Clear();
        _counts[0] = 1;
        for (int i = 0; i < n; i++)
        {
            for (int k = Math.Min(i + 1, size); k > 0; k--)
            {
                // Of the first i participants, k − 1 have sums from the lowest ones' to the highest ones'.
                int width = _prefix[i] - _prefix[i - k + 1] - _prefix[k - 1] + 1;
                int shift = _scores[i] - _scores[k - 1];
                Add(_counts.AsSpan(_starts[k - 1], width), _counts.AsSpan(_starts[k] + shift, width));
            }
        }
    }

    private static void Add(ReadOnlySpan<double> source, Span<double> target)
    {
        int i = 0;
        for (; i <= source.Length - VectorKernels.Lanes; i += VectorKernels.Lanes)
        {
            VectorKernels.Store(VectorKernels.Load(target, i) + VectorKernels.Load(source, i), target, i);
        }

        for (; i < source.Length; i++)
        {
            target[i] += source[i];
        }
    }

    private static void AddMultiple(double factor, ReadOnlySpan<double> source, Span<double> target)
    {
        Vector512<double> f = Vector512.Create(factor);
        int i = 0;
        for (; i <= source.Length - VectorKernels.Lanes; i += VectorKernels.Lanes)
        {
            VectorKernels.Store(VectorKernels.Load(target, i) + (f * VectorKernels.Load(source, i)), target, i);
        }

        for (; i < source.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
