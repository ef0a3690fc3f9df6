using System.Numerics;
using System.Runtime.Intrinsics;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Runs a <see cref="JointRank"/> analysis.</summary>
/// <remarks>Deaths are in order of time, and participants who are alive with a score at the horizon in order of their change; both
/// are sorted. Only pairs with somebody incomplete are compared one by one, when the last common visit decides.</remarks>
internal sealed class JointRankWorker : IAnalysisWorker
{
    private readonly JointRank _analysis;
    private readonly CovariateDesign _design;
    private readonly LinearModel _model;
    private readonly CriticalValues _critical;
    private readonly double _normalCritical;
    private readonly double _horizonMonths;
    private readonly int _visit;
    private readonly int[] _participants;
    private readonly int[] _scores;
    private readonly double[] _ranks;
    private readonly double[] _keys;
    private readonly int[] _dead;
    private readonly int[] _complete;
    private readonly int[] _incomplete;
    private readonly double[] _deathMonths;
    private readonly double[] _followUpMonths;
    private readonly double[] _changes;
    private readonly double[] _weights;
    private readonly double[] _tieWeights;
    private readonly double[] _adjustments;
    private readonly double[] _armColumn;
    private readonly int[] _isActive;
    private readonly int[] _order;
    private readonly int _stride;
    private int _n;
    private int _deadCount;
    private int _completeCount;
    private int _incompleteCount;
    private long _wins;
    private long _losses;
    private long _ties;
    private int _activeCount;

    internal JointRankWorker(JointRank analysis, TrialLayout layout)
    {
        _analysis = analysis;
        _visit = layout.VisitAt(analysis.Week);
        _horizonMonths = StudyTime.MonthsFromWeeks(analysis.Week);
        bool adjusts = analysis.Test == JointRankTest.AncovaOnRanks;
        _design = new CovariateDesign(layout, adjusts ? analysis.Covariates : [], analysis.Strata);
        int n = layout.Participants;
        _model = new LinearModel(n, _design.Columns);
        _critical = new CriticalValues(analysis.Alpha, n);
        _normalCritical = StudentT.TwoSidedCriticalValue(analysis.Alpha, double.PositiveInfinity);
        (_participants, _scores, _ranks, _keys) = (new int[n], new int[n], new double[n], new double[n]);
        (_dead, _complete, _incomplete, _order) = (new int[n], new int[n], new int[n], new int[n]);
        (_followUpMonths, _isActive) = (new double[n], new int[n]);
        _stride = VectorKernels.Padded(n);
        _changes = new double[_stride * (_visit + 1)];
        (_deathMonths, _weights, _tieWeights) = (new double[_stride], new double[_stride], new double[_stride]);
        (_adjustments, _armColumn) = (new double[_stride], new double[_stride]);
    }

    public AnalysisResult Run(TrialData data)
    {
        Score(data);
        if (_analysis.Test == JointRankTest.Unadjusted)
        {
            return UnadjustedResult();
        }

        FillRanks();
        return AncovaResult(data);
    }

    internal JointRankFit Fit(TrialData data)
    {
        Score(data);
        FillRanks();
        return new JointRankFit(
            [.. _participants.AsSpan(0, _n)],
            [.. _scores.AsSpan(0, _n)],
            [.. _ranks.AsSpan(0, _n)],
            _wins,
            _losses,
            _ties,
            UnadjustedResult(),
            AncovaResult(data));
    }

    /// <summary>Fills scores and counts wins, losses and ties between the arms.</summary>
    private void Score(TrialData data)
    {
        Classify(data);
        _scores.AsSpan(0, _n).Clear();

        // Everybody complete wins over everybody dead; each group in itself is an ordering.
        ReadOnlySpan<int> complete = _complete.AsSpan(0, _completeCount);
        ReadOnlySpan<int> dead = _dead.AsSpan(0, _deadCount);
        _ties = ScoreOrdered(complete, _keys.AsSpan(_deadCount, _completeCount), _deadCount)
            + ScoreOrdered(dead, _keys.AsSpan(0, _deadCount), -_completeCount);
        if (_incompleteCount > 0)
        {
            ScoreIncomplete(data);
        }

        // Within an arm wins and losses cancel, so the sum of one arm's scores is wins − losses between arms.
        long difference = 0;
        for (int i = 0; i < _n; i++)
        {
            difference += _isActive[i] * _scores[i];
        }

        long decided = ((long)_activeCount * (_n - _activeCount)) - _ties;
        _wins = (decided + difference) / 2;
        _losses = (decided - difference) / 2;
    }

    /// <summary>Sorts participants (by position among those ranked) into dead, complete and incomplete.</summary>
    private void Classify(TrialData data)
    {
        (_n, _deadCount, _completeCount, _incompleteCount, _activeCount) = (0, 0, 0, 0, 0);
        int visits = data.Visits;
        for (int p = 0; p < data.Participants; p++)
        {
            int row = p * visits;
            EventKind end = data.FollowUpEndColumn[p];
            bool dies = (end == EventKind.Death || (end == EventKind.PermanentVentilation && _analysis.PermanentVentilationIsDeath))
                && data.FollowUpColumn[p] <= _horizonMonths;
            bool isComplete = data.ObservedMatrix[row + _visit];
            if (!_design.Includes(data, p) || !data.ObservedMatrix[row]
                || (!dies && !isComplete && _analysis.Incomplete == IncompleteFollowUp.Excluded))
            {
                continue;
            }

            int i = _n++;
            _participants[i] = p;
            _isActive[i] = data.ArmColumn[p] == TrialDesign.ActiveArm ? 1 : 0;
            _activeCount += _isActive[i];
            _deathMonths[i] = dies ? data.FollowUpColumn[p] : double.PositiveInfinity;
            _followUpMonths[i] = data.FollowUpColumn[p];
            if (dies)
            {
                _dead[_deadCount++] = i;
            }
            else if (isComplete || _analysis.Incomplete == IncompleteFollowUp.LastObserved)
            {
                _complete[_completeCount++] = i;
            }
            else
            {
                _incomplete[_incompleteCount++] = i;
            }
        }

        for (int k = 0; k < _deadCount; k++)
        {
            _keys[k] = _deathMonths[_dead[k]];
        }

        _keys.AsSpan(0, _deadCount).Sort(_dead.AsSpan(0, _deadCount));
        FillKeys(data);
        _keys.AsSpan(_deadCount, _completeCount).Sort(_complete.AsSpan(0, _completeCount));
    }

    private void FillKeys(TrialData data)
    {
        int visits = data.Visits;
        for (int k = 0; k < _completeCount; k++)
        {
            int row = _participants[_complete[k]] * visits;
            int v = _visit;
            while (!data.ObservedMatrix[row + v])
            {
                v--;
            }

            _keys[_deadCount + k] = data.ScoreMatrix[row + v] - data.ScoreMatrix[row];
        }
    }

    // Scores within a sorted group: those below − those above, ties excepted. Returns the ties between arms.
    private long ScoreOrdered(ReadOnlySpan<int> group, ReadOnlySpan<double> keys, int offset)
    {
        long ties = 0;
        for (int start = 0; start < group.Length;)
        {
            int end = start + 1;
            while (end < group.Length && keys[end] == keys[start])
            {
                end++;
            }

            int score = start - (group.Length - end) + offset;
            int active = 0;
            for (int k = start; k < end; k++)
            {
                _scores[group[k]] = score;
                active += _isActive[group[k]];
            }

            ties += (long)active * (end - start - active);
            start = end;
        }

        return ties;
    }

    /// <summary>Compares everybody incomplete with everybody else at the last visit that both have.</summary>
    /// <remarks>Changes lie visit by visit, so that one participant is compared with eight at a time at the last visit of that one;
    /// those who missed that visit are looked at one by one. Each incomplete participant works out its own score and takes its
    /// outcomes off the scores of the complete and the dead, who do not look back.</remarks>
    private void ScoreIncomplete(TrialData data)
    {
        FillChanges(data);
        int padded = VectorKernels.Padded(_n);
        _adjustments.AsSpan(0, padded).Clear();
        double ties = 0;
        for (int k = 0; k < _incompleteCount; k++)
        {
            int one = _incomplete[k];
            int last = _visit;
            while (double.IsNaN(_changes[(last * _stride) + one]))
            {
                last--;
            }

            ties += CompareAll(one, last, padded, out double score);
            _scores[one] += (int)score;
        }

        for (int i = 0; i < _n; i++)
        {
            _scores[i] += (int)_adjustments[i];
        }

        // Pairs of two incomplete participants were seen from both sides, at half weight.
        _ties += (long)ties;
    }

    /// <summary>Changes by visit of those ranked, NaN where missing, and the columns that go with them.</summary>
    private void FillChanges(TrialData data)
    {
        int visits = data.Visits;
        int padded = VectorKernels.Padded(_n);
        for (int i = 0; i < padded; i++)
        {
            // What lies behind the last participant is missing at every visit, alive and of no weight.
            bool isThere = i < _n;
            int row = isThere ? _participants[i] * visits : 0;
            for (int v = 0; v <= _visit; v++)
            {
                _changes[(v * _stride) + i] = isThere ? data.ScoreMatrix[row + v] - data.ScoreMatrix[row] : double.NaN;
            }

            _armColumn[i] = isThere ? _isActive[i] : 0;
            _weights[i] = isThere ? 1 : 0;
            _tieWeights[i] = isThere ? 1 : 0;
        }

        _deathMonths.AsSpan(_n, padded - _n).Fill(double.PositiveInfinity);
        for (int k = 0; k < _incompleteCount; k++)
        {
            _weights[_incomplete[k]] = 0;
            _tieWeights[_incomplete[k]] = 0.5;
        }
    }

    private double CompareAll(int one, int last, int padded, out double score)
    {
        ReadOnlySpan<double> theirs = _changes.AsSpan(last * _stride, padded);
        ReadOnlySpan<double> deaths = _deathMonths.AsSpan(0, padded);
        ReadOnlySpan<double> weights = _weights.AsSpan(0, padded);
        ReadOnlySpan<double> tieWeights = _tieWeights.AsSpan(0, padded);
        ReadOnlySpan<double> arms = _armColumn.AsSpan(0, padded);
        Span<double> adjustments = _adjustments.AsSpan(0, padded);
        Vector512<double> mine = Vector512.Create(theirs[one]);
        Vector512<double> followUp = Vector512.Create(_followUpMonths[one]);
        Vector512<double> myArm = Vector512.Create((double)_isActive[one]);
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
                if (other < _n)
                {
                    int earlier = Earlier(one, other, last - 1);
                    earlierScore += earlier;
                    adjustments[other] -= weights[other] * earlier;
                    earlierTies += earlier == 0 && _isActive[one] != _isActive[other] ? tieWeights[other] : 0;
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

    /// <summary>Mid-ranks of the scores; where nobody is incomplete they follow from the scores.</summary>
    private void FillRanks()
    {
        if (_incompleteCount == 0)
        {
            for (int i = 0; i < _n; i++)
            {
                _ranks[i] = (_scores[i] + _n + 1) / 2.0;
            }

            return;
        }

        Span<double> keys = _keys.AsSpan(0, _n);
        Span<int> order = _order.AsSpan(0, _n);
        for (int i = 0; i < _n; i++)
        {
            keys[i] = _scores[i];
            order[i] = i;
        }

        keys.Sort(order);
        for (int start = 0; start < _n;)
        {
            int end = start + 1;
            while (end < _n && keys[end] == keys[start])
            {
                end++;
            }

            for (int k = start; k < end; k++)
            {
                _ranks[order[k]] = (start + end + 1) / 2.0;
            }

            start = end;
        }
    }

    private AnalysisResult UnadjustedResult()
    {
        double squares = 0;
        for (int i = 0; i < _n; i++)
        {
            squares += (double)_scores[i] * _scores[i];
        }

        double control = _n - _activeCount;
        double pairs = _activeCount * control;
        double variance = pairs / ((double)_n * (_n - 1)) * squares;
        if (!(variance > 0) || pairs == 0)
        {
            return AnalysisResult.NotEstimable(_n);
        }

        double sum = _wins - _losses;
        double z = sum / Math.Sqrt(variance);
        double estimate = sum / pairs;
        double standardError = Math.Sqrt(variance) / pairs;
        return new AnalysisResult
        {
            Status = AnalysisStatus.Converged,
            Estimate = estimate,
            StandardError = standardError,
            DegreesOfFreedom = double.PositiveInfinity,
            Statistic = z,
            PValue = StudentT.TwoSidedP(z, double.PositiveInfinity),
            Lower = estimate - (_normalCritical * standardError),
            Upper = estimate + (_normalCritical * standardError),
            Participants = _n,
        };
    }

    private AnalysisResult AncovaResult(TrialData data)
    {
        bool bothArms = _design.Fill(data, _participants.AsSpan(0, _n), _model);
        _ranks.AsSpan(0, _n).CopyTo(_model.Response);
        _model.Fit();
        int degreesOfFreedom = _model.ResidualDegreesOfFreedom;
        return !bothArms || degreesOfFreedom < 1 || _model.IsAliased(_model.Columns - 1) || _model.FitsExactly
            ? AnalysisResult.NotEstimable(_n)
            : AnalysisResult.FromT(
                _model.LastCoefficient, _model.LastStandardError, degreesOfFreedom, _critical.At(degreesOfFreedom), _n);
    }
}
