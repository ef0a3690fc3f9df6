using System.Numerics;
using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>The pairs of a joint rank analysis in which somebody left alive before the horizon.</summary>
internal sealed class LastCommonVisitComparison
{
    private readonly int _visit;
    private readonly int _stride;
    private readonly double[] _changes;
    private readonly double[] _deaths;
    private readonly double[] _weights;
    private readonly double[] _tieWeights;
    private readonly double[] _adjustments;
    private readonly double[] _armColumn;

    internal LastCommonVisitComparison(int participants, int visit)
    {
        _visit = visit;
        _stride = VectorKernels.Padded(participants);
        _changes = new double[_stride * (visit + 1)];
        (_deaths, _weights, _tieWeights) = (new double[_stride], new double[_stride], new double[_stride]);
        (_adjustments, _armColumn) = (new double[_stride], new double[_stride]);
    }

    /// <summary>Compares everybody incomplete with everybody else at the last visit that both have.</summary>
    /// <remarks>Changes lie visit by visit, so that one participant is compared with eight at a time at the last visit of that one;
    /// those who missed that visit are looked at one by one. Each incomplete participant works out its own score and takes its
    /// outcomes off the scores of the complete and the dead, who do not look back.</remarks>
    /// <returns>Ties between the arms in these pairs.</returns>
    internal long Score(TrialData data, RankedParticipants ranked, ReadOnlySpan<int> incomplete)
    {
        Fill(data, ranked, incomplete);
        int padded = VectorKernels.Padded(ranked.Numbers.Length);
        _adjustments.AsSpan(0, padded).Clear();
        double ties = 0;
        foreach (int one in incomplete)
        {
            int last = _visit;
            while (double.IsNaN(_changes[(last * _stride) + one]))
            {
                last--;
            }

            ties += CompareAll(ranked, one, last, padded, out double score);
            ranked.Scores[one] += (int)score;
        }

        for (int i = 0; i < ranked.Scores.Length; i++)
        {
            ranked.Scores[i] += (int)_adjustments[i];
        }

        // Pairs of two incomplete participants were seen from both sides, at half weight.
        return (long)ties;
    }

    /// <summary>Changes by visit of those ranked, NaN where missing, and the columns that go with them.</summary>
    private void Fill(TrialData data, RankedParticipants ranked, ReadOnlySpan<int> incomplete)
    {
        int visits = data.Visits;
        int n = ranked.Numbers.Length;
        int padded = VectorKernels.Padded(n);
        for (int i = 0; i < padded; i++)
        {
            // What lies behind the last participant is missing at every visit, alive and of no weight.
            bool isThere = i < n;
            int row = isThere ? ranked.Numbers[i] * visits : 0;
            for (int v = 0; v <= _visit; v++)
            {
                _changes[(v * _stride) + i] = isThere ? data.ScoreMatrix[row + v] - data.ScoreMatrix[row] : double.NaN;
            }

            _armColumn[i] = isThere ? ranked.IsActive[i] : 0;
            _weights[i] = isThere ? 1 : 0;
            _tieWeights[i] = isThere ? 1 : 0;
        }

        ranked.DeathMonths.CopyTo(_deaths);
        _deaths.AsSpan(n, padded - n).Fill(double.PositiveInfinity);
        foreach (int one in incomplete)
        {
            _weights[one] = 0;
            _tieWeights[one] = 0.5;
        }
    }

    private double CompareAll(RankedParticipants ranked, int one, int last, int padded, out double score)
    {
        ReadOnlySpan<double> theirs = _changes.AsSpan(last * _stride, padded);
        ReadOnlySpan<double> deaths = _deaths.AsSpan(0, padded);
        ReadOnlySpan<double> weights = _weights.AsSpan(0, padded);
        ReadOnlySpan<double> tieWeights = _tieWeights.AsSpan(0, padded);
        ReadOnlySpan<double> arms = _armColumn.AsSpan(0, padded);
        Span<double> adjustments = _adjustments.AsSpan(0, padded);
        Vector512<double> mine = Vector512.Create(theirs[one]);
        Vector512<double> followUp = Vector512.Create(ranked.FollowUpMonths[one]);
        Vector512<double> myArm = Vector512.Create((double)ranked.IsActive[one]);
        Vector512<double> plus = Vector512<double>.One;
        Vector512<double> sum = Vector512<double>.Zero;
        Vector512<double> tieSum = Vector512<double>.Zero;
        double earlierTies = 0;
        double earlierScore = 0;
        for (int i = 0; i < padded; i += VectorKernels.Lanes)
        {
            Vector512<double> their = VectorKernels.Load(theirs, i);
            Vector512<double> outlived = Vector512.LessThanOrEqual(VectorKernels.Load(deaths, i), followUp);
            Vector512<double> better = Vector512.GreaterThan(mine, their) | outlived;
            Vector512<double> worse = Vector512.AndNot(Vector512.LessThan(mine, their), outlived);
            Vector512<double> tied = Vector512.AndNot(Vector512.Equals(mine, their), outlived);
            Vector512<double> outcome = (better & plus) - (worse & plus);
            sum += outcome;
            tieSum += VectorKernels.Load(tieWeights, i) & tied & ~Vector512.Equals(myArm, VectorKernels.Load(arms, i));
            VectorKernels.Store(
                VectorKernels.Load(adjustments, i) - (VectorKernels.Load(weights, i) * outcome), adjustments, i);
            ulong missed = ~(better | worse | tied).ExtractMostSignificantBits() & 0xFF;
            for (; missed != 0; missed &= missed - 1)
            {
                int other = i + BitOperations.TrailingZeroCount(missed);
                if (other < ranked.Numbers.Length)
                {
                    int earlier = Earlier(one, other, last - 1);
                    earlierScore += earlier;
                    adjustments[other] -= weights[other] * earlier;
                    earlierTies += earlier == 0 && ranked.IsActive[one] != ranked.IsActive[other] ? tieWeights[other] : 0;
                }
            }
        }

        score = VectorKernels.Sum(sum) + earlierScore;
        return VectorKernels.Sum(tieSum) + earlierTies;
    }

    /// <summary>Outcome of a pair whose other missed the last visit of the one.</summary>
    private int Earlier(int one, int other, int last)
    {
        for (int v = last; v > 0; v--)
        {
            double mine = _changes[(v * _stride) + one];
            double theirs = _changes[(v * _stride) + other];
            if (!double.IsNaN(mine) && !double.IsNaN(theirs))
            {
                return mine.CompareTo(theirs);
            }
        }

        return 0;
    }
}
