using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Ranks;

/// <summary>The pairs of a joint rank analysis in which somebody left alive before the horizon.</summary>
/// <remarks>Changes lie visit by visit with the incomplete participants in front, so that each of them is compared with eight others at a
/// time: first at its own last visit, then, for those who missed it, at the visits before. Each incomplete participant works out its own
/// score and takes its outcomes off the scores of the complete and the dead, who do not look back.</remarks>
internal sealed class LastCommonVisitComparison
{
    private readonly int _lastVisit;
    private readonly int _stride;
    private readonly double[] _changes;
    private readonly double[] _deaths;
    private readonly double[] _weights;
    private readonly double[] _arms;
    private readonly double[] _scores;
    private readonly double[] _wins;
    private readonly double[] _losses;

    internal LastCommonVisitComparison(int participants, int lastVisit)
    {
        _lastVisit = lastVisit;
        _stride = VectorKernels.Padded(participants);
        _changes = new double[_stride * (lastVisit + 1)];
        (_deaths, _weights, _arms) = (new double[_stride], new double[_stride], new double[_stride]);
        (_scores, _wins, _losses) = (new double[_stride], new double[_stride], new double[_stride]);
    }

    /// <summary>Compares everybody incomplete with everybody else of a stratum and adds to the engine's scores.</summary>
    /// <param name="engine">The columns.</param>
    /// <param name="members">The stratum's participants, the incomplete first.</param>
    /// <param name="incomplete">How many are incomplete.</param>
    /// <param name="countsWins">Whether wins and losses between the arms are counted too.</param>
    /// <param name="visitScores">Scores by participant and visit.</param>
    /// <param name="visits">Length of a row of scores.</param>
    internal void Score(
        JointRankEngine engine,
        ReadOnlySpan<int> members,
        int incomplete,
        bool countsWins,
        ReadOnlySpan<double> visitScores,
        int visits)
    {
        int padded = VectorKernels.Padded(members.Length);
        Fill(engine, members, incomplete, padded, visitScores, visits);
        for (int one = 0; one < incomplete; one++)
        {
            double followUp = engine.FollowUp[members[one]];
            if (countsWins)
            {
                Compare<Counted>(one, followUp, padded);
            }
            else
            {
                Compare<NotCounted>(one, followUp, padded);
            }
        }

        for (int place = 0; place < members.Length; place++)
        {
            int i = members[place];
            bool isOrdered = place >= incomplete;
            engine.Scores[i] = (isOrdered ? engine.Scores[i] : 0) + (int)_scores[place];
            if (countsWins)
            {
                engine.Wins[i] = (isOrdered ? engine.Wins[i] : 0) + (int)_wins[place];
                engine.Losses[i] = (isOrdered ? engine.Losses[i] : 0) + (int)_losses[place];
            }
        }
    }

    /// <summary>Changes by visit, NaN where missing, and the columns that go with them.</summary>
    private void Fill(
        JointRankEngine engine,
        ReadOnlySpan<int> members,
        int incomplete,
        int padded,
        ReadOnlySpan<double> visitScores,
        int visits)
    {
        int n = members.Length;
        for (int place = 0; place < n; place++)
        {
            int i = members[place];
            ReadOnlySpan<double> row = visitScores.Slice(engine.Rows[i] * visits, _lastVisit + 1);
            double baseline = row[0];
            for (int v = 0; v < row.Length; v++)
            {
                _changes[(v * _stride) + place] = row[v] - baseline;
            }

            _deaths[place] = engine.Outcomes[i] == RankedOutcome.Died ? engine.Values[i] : double.PositiveInfinity;
            _arms[place] = engine.IsActive[i];
        }

        // What lies behind the last participant has no change at any visit and NaN for its death.
        for (int v = 0; v <= _lastVisit; v++)
        {
            _changes.AsSpan((v * _stride) + n, padded - n).Fill(double.NaN);
        }

        _deaths.AsSpan(n, padded - n).Fill(double.NaN);
        _weights.AsSpan(0, incomplete).Clear();
        _weights.AsSpan(incomplete, padded - incomplete).Fill(1);
        _scores.AsSpan(0, padded).Clear();
        _wins.AsSpan(0, padded).Clear();
        _losses.AsSpan(0, padded).Clear();
    }

    private void Compare<TCount>(int one, double followUp, int padded)
        where TCount : struct, ICount
    {
        int last = _lastVisit;
        while (double.IsNaN(_changes[(last * _stride) + one]))
        {
            last--;
        }

        ReadOnlySpan<double> changes = _changes.AsSpan(last * _stride, padded);
        ReadOnlySpan<double> deaths = _deaths.AsSpan(0, padded);
        ReadOnlySpan<double> weights = _weights.AsSpan(0, padded);
        Span<double> scores = _scores.AsSpan(0, padded);
        Vector512<double> mine = Vector512.Create(changes[one]);
        Vector512<double> end = Vector512.Create(followUp);
        Vector512<double> arm = Vector512.Create(_arms[one]);
        Vector512<double> plus = Vector512<double>.One;
        Vector512<double> score = Vector512<double>.Zero;
        Vector512<double> wins = Vector512<double>.Zero;
        Vector512<double> losses = Vector512<double>.Zero;
        for (int i = 0; i < padded; i += VectorKernels.Lanes)
        {
            Vector512<double> death = VectorKernels.Load(deaths, i);
            Vector512<double> theirs = VectorKernels.Load(changes, i);
            Vector512<double> outlived = Vector512.LessThanOrEqual(death, end);
            Vector512<double> open = Vector512.AndNot(Vector512.Equals(death, death), outlived | Vector512.Equals(theirs, theirs));
            Vector512<double> better = Vector512.GreaterThan(mine, theirs) | outlived;
            Vector512<double> worse = Vector512.AndNot(Vector512.LessThan(mine, theirs), outlived);
            if (open.ExtractMostSignificantBits() != 0)
            {
                CompareEarlier(one, i, last - 1, open, ref better, ref worse);
            }

            Vector512<double> weight = VectorKernels.Load(weights, i);
            Vector512<double> outcome = (better & plus) - (worse & plus);
            score += outcome;
            VectorKernels.Store(VectorKernels.Load(scores, i) - (weight * outcome), scores, i);
            if (TCount.IsOn)
            {
                Vector512<double> other = ~Vector512.Equals(arm, VectorKernels.Load(_arms, i));
                better &= other;
                worse &= other;
                wins += better & plus;
                losses += worse & plus;
                VectorKernels.Store(VectorKernels.Load(_losses, i) + (better & weight), _losses, i);
                VectorKernels.Store(VectorKernels.Load(_wins, i) + (worse & weight), _wins, i);
            }
        }

        // Its own entries hold nothing yet: outcomes of other incomplete participants have no weight here.
        scores[one] = VectorKernels.Sum(score);
        _wins[one] = VectorKernels.Sum(wins);
        _losses[one] = VectorKernels.Sum(losses);
    }

    /// <summary>Outcomes of pairs that are still open before the last visit of the one. At the baseline all tie.</summary>
    private void CompareEarlier(
        int one, int at, int last, Vector512<double> open, ref Vector512<double> better, ref Vector512<double> worse)
    {
        for (int v = last; v > 0; v--)
        {
            double change = _changes[(v * _stride) + one];
            if (double.IsNaN(change))
            {
                continue;
            }

            Vector512<double> mine = Vector512.Create(change);
            Vector512<double> theirs = VectorKernels.Load(_changes, (v * _stride) + at);
            better |= Vector512.GreaterThan(mine, theirs) & open;
            worse |= Vector512.LessThan(mine, theirs) & open;
            open = Vector512.AndNot(open, Vector512.Equals(theirs, theirs));
            if (open.ExtractMostSignificantBits() == 0)
            {
                return;
            }
        }
    }

    private interface ICount
    {
        static abstract bool IsOn { get; }
    }

    private readonly struct Counted : ICount
    {
        public static bool IsOn => true;
    }

    private readonly struct NotCounted : ICount
    {
        public static bool IsOn => false;
    }
}
