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
    private readonly int[] _isActive;
    private readonly int[] _order;
    private readonly LastCommonVisitComparison _comparison;
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
        (_deathMonths, _followUpMonths, _isActive) = (new double[n], new double[n], new int[n]);
        _comparison = new LastCommonVisitComparison(n, _visit);
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
            _ties += _comparison.Score(data, Ranked(), _incomplete.AsSpan(0, _incompleteCount));
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

    private RankedParticipants Ranked() => new()
    {
        Numbers = _participants.AsSpan(0, _n),
        IsActive = _isActive.AsSpan(0, _n),
        DeathMonths = _deathMonths.AsSpan(0, _n),
        FollowUpMonths = _followUpMonths.AsSpan(0, _n),
        Scores = _scores.AsSpan(0, _n),
    };

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
        return AnalysisResult.FromZ(estimate, standardError, z, _normalCritical, _n);
    }

    private AnalysisResult AncovaResult(TrialData data)
    {
        bool bothArms = _design.Fill(data, _participants.AsSpan(0, _n), _model);
        _ranks.AsSpan(0, _n).CopyTo(_model.Response);
        _model.Fit();
        return _model.TestLast(bothArms, _critical);
    }
}
