using Tofersen.Simulation.Analyses;
using Tofersen.Simulation.Common;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Tests.Analyses.Plain;

/// <summary>Multiple imputation with dense matrices, one regression and one participant at a time. It shares the stream of random
/// numbers and the order of the draws with the library, nothing else.</summary>
internal sealed class PlainImputation
{
    private readonly PlainTrial _trial;
    private readonly AncovaWithImputation _analysis;
    private readonly MultipleImputation _imputation;
    private readonly int[] _participants;
    private readonly int _visits;
    private readonly double[][] _predictors;

    // By place in the list of participants: values on the scale of the imputation, and how often a delta is in them.
    private readonly double[][] _values;
    private readonly double[][] _counts;
    private readonly bool[][] _observed;
    private readonly int[] _dropout;

    internal PlainImputation(PlainTrial trial, AncovaWithImputation analysis)
    {
        (_trial, _analysis, _imputation) = (trial, analysis, analysis.Imputation);
        _visits = Array.IndexOf(trial.VisitWeeks, analysis.Week);
        bool isChange = analysis.Response == AncovaResponse.ChangeFromBaseline;
        _participants =
        [
            .. Enumerable.Range(0, trial.Participants).Where(p =>
                !(isChange && double.IsNaN(trial.Scores[p][0]))
                && PlainAncova.Counts(trial, p, [.. analysis.Covariates, .. _imputation.Predictors], [.. analysis.Strata])
                && !(_imputation.AfterDeath == ImputationAfterDeath.Exclude && trial.Ends?[p] == EventKind.Death
                    && trial.FollowUpMonths![p] < StudyTime.MonthsFromWeeks(analysis.Week)
                    && double.IsNaN(trial.Scores[p][_visits]))),
        ];
        _observed = [.. _participants.Select(p => trial.Scores[p][1..(_visits + 1)].Select(s => !double.IsNaN(s)).ToArray())];
        _dropout = [.. _participants.Select(p => Math.Min(_visits, LastSeen(trial.Scores[p])))];
        _values = [.. _participants.Select(_ => new double[_visits])];
        _counts = [.. _participants.Select(_ => new double[_visits])];
        _predictors = [.. _participants.Select(Predictors)];
    }

    private int Count => _participants.Length;

    /// <summary>Whether the scores can be imputed at all; otherwise the analysis is not estimable.</summary>
    internal PlainResult Run(StreamKey streams)
    {
        bool bothArms = _participants.Select(p => _trial.Arms[p]).Distinct().Count() == 2;
        if (!bothArms || !CanImpute())
        {
            return PlainResult.NotEstimable(Count);
        }

        if (_observed.All(o => o[^1]))
        {
            return Analyse().Arm();
        }

        var estimates = new List<double>();
        var variances = new List<double>();
        double degreesOfFreedom = 0;
        for (int k = 0; k < _imputation.Imputations; k++)
        {
            TrialRandom random = streams.Open(k, DrawPurpose.Imputation);
            Impute(ref random);
            PlainAncova completed = Analyse();
            PlainResult arm = completed.Arm();
            if (completed.DegreesOfFreedom < 1 || !arm.IsEstimable)
            {
                return PlainResult.NotEstimable(Count);
            }

            estimates.Add(arm.Estimate);
            variances.Add(arm.StandardError * arm.StandardError);
            degreesOfFreedom = completed.DegreesOfFreedom;
        }

        return Pool(estimates, variances, degreesOfFreedom, _analysis.DegreesOfFreedom, Count);
    }

    /// <summary>Rubin's rules as the books print them.</summary>
    internal static PlainResult Pool(
        List<double> estimates, List<double> variances, double complete, PooledDegreesOfFreedom method, int participants)
    {
        int m = estimates.Count;
        double mean = estimates.Average();
        double within = variances.Average();
        double between = estimates.Sum(q => (q - mean) * (q - mean)) / (m - 1);
        double total = within + ((1 + (1.0 / m)) * between);
        double lambda = (1 + (1.0 / m)) * between / total;
        double rubin = (m - 1) / (lambda * lambda);
        double observed = (complete + 1) / (complete + 3) * complete * (1 - lambda);
        double small = double.IsInfinity(rubin) ? observed : rubin * observed / (rubin + observed);
        return new PlainResult(
            participants, mean, Math.Sqrt(total), method == PooledDegreesOfFreedom.Rubin ? rubin : small);
    }

    // Position of the last score after baseline, from 1; 0 without any.
    private static int LastSeen(double[] scores) => Array.FindLastIndex(scores, s => !double.IsNaN(s)) is var last and > 0 ? last : 0;

    private double[] Predictors(int participant)
    {
        var row = new List<double>();
        foreach (PlainColumn column in _imputation.Predictors.Select(name => _trial.Columns.Single(c => c.Name == name)))
        {
            row.AddRange(column.Levels.Length == 0
                ? [column.Values[participant]]
                : Enumerable.Range(1, column.Levels.Length - 1).Select(level => column.Values[participant] == level ? 1.0 : 0));
        }

        return [.. row];
    }

    private PlainAncova Analyse()
    {
        double[] responses =
        [
            .. _participants.Select((p, i) => (_observed[i][^1] ? _trial.Scores[p][_visits] : Completed(i))
                - (_analysis.Response == AncovaResponse.ChangeFromBaseline ? _trial.Scores[p][0] : 0)),
        ];
        return PlainAncova.Fit(_trial, _participants, responses, [.. _analysis.Covariates]);
    }

    private double Completed(int i)
    {
        double delta = Arm(i) == 1 ? _imputation.ActiveDelta : _imputation.ControlDelta;
        double value = _values[i][^1] + (_counts[i][^1] * delta);
        value = _imputation.Scale == ImputationScale.Log ? Math.Exp(value) : value;
        value = _imputation.Scores == ImputedScores.WholePoints ? Math.Round(value) : value;
        return _imputation.Scores == ImputedScores.AsDrawn ? value : Math.Min(48, Math.Max(0, value));
    }

    private int Arm(int i) => _trial.Arms[_participants[i]];

    // Participants by group, the groups in order of stratum, then arm.
    private IEnumerable<int[]> Groups() => Enumerable.Range(0, Count)
        .GroupBy(GroupOf)
        .OrderBy(g => g.Key)
        .Select(g => g.ToArray());

    private int GroupOf(int i) =>
        (_imputation.ByStratum ? 10 * _trial.Strata![_participants[i]] : 0) + (_imputation.ByArm ? Arm(i) : 0);

    private bool IsGap(int i, int v) => !_observed[i][v] && v < _dropout[i];

    private bool HasGaps(int[] group) => group.Any(i => Enumerable.Range(0, _visits).Any(v => IsGap(i, v)));

    private bool FollowsReference(int i) => _imputation.Reference != ReferenceBasedImputation.MissingAtRandom && Arm(i) == 1;

    private bool CanImpute()
    {
        if (_imputation.Scale == ImputationScale.Log
            && _participants.Any(p => _trial.Scores[p][1..(_visits + 1)].Any(s => s <= 0)))
        {
            return false;
        }

        if (_observed.All(o => o[^1]))
        {
            return true;
        }

        foreach (int[] group in Groups())
        {
            bool chains = _imputation.Method == ImputationMethod.Chained || HasGaps(group);
            for (int v = 0; v < _visits && chains; v++)
            {
                int[] observed = [.. group.Where(i => _observed[i][v])];
                if (observed.Length < group.Length && !IsEnough(group, observed))
                {
                    return false;
                }
            }

            for (int v = 0; v < _visits && _imputation.Method == ImputationMethod.Monotone; v++)
            {
                if (NeededRegressions(group).Any(needed => needed.Visit == v
                    && !IsEnough(needed.Group, [.. needed.Group.Where(i => _dropout[i] > v)])))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool IsEnough(int[] group, int[] observed) =>
        observed.Length >= 4 && group.Select(Arm).Distinct().All(arm => observed.Any(i => Arm(i) == arm));

    // Which regressions the participants of a group need, of their own group or of its reference.
    private List<(int[] Group, int Visit)> NeededRegressions(int[] group)
    {
        var needed = new List<(int[], int)>();
        foreach (int i in group.Where(i => _dropout[i] < _visits))
        {
            bool copies = _imputation.Reference == ReferenceBasedImputation.CopyReference;
            for (int v = 0; v < _visits; v++)
            {
                bool after = v >= _dropout[i];
                if (FollowsReference(i))
                {
                    if (after || !copies)
                    {
                        needed.Add((ReferenceOf(group), v));
                    }

                    if (!after && !copies)
                    {
                        needed.Add((group, v));
                    }
                }
                else if (after)
                {
                    needed.Add((group, v));
                }
            }
        }

        return needed;
    }

    private int[] ReferenceOf(int[] group) => !_imputation.ByArm
        ? group
        : [.. Enumerable.Range(0, Count).Where(i =>
            Arm(i) == 0 && (!_imputation.ByStratum || _trial.Strata![_participants[i]] == _trial.Strata[_participants[group[0]]]))];

    private void Impute(ref TrialRandom random)
    {
        for (int i = 0; i < Count; i++)
        {
            for (int v = 0; v < _visits; v++)
            {
                double score = _trial.Scores[_participants[i]][v + 1];
                _values[i][v] = _imputation.Scale == ImputationScale.Log ? Math.Log(score) : score;
            }
        }

        int[][] groups = [.. Groups()];
        var models = new Dictionary<(int Group, int Visit), PlainRegression>();
        foreach (int[] group in groups)
        {
            bool isChained = _imputation.Method == ImputationMethod.Chained;
            if (isChained ? group.Any(i => _observed[i].Contains(false)) : HasGaps(group))
            {
                Chain(group, ref random);
            }

            for (int v = 0; v < _visits && !isChained; v++)
            {
                // A regression is drawn with its group, whoever needs it.
                if (groups.SelectMany(NeededRegressions).Any(n => n.Visit == v && GroupOf(n.Group[0]) == GroupOf(group[0])))
                {
                    models[(GroupOf(group[0]), v)] = Sequential(group, v, ref random);
                }
            }

            foreach (int i in group.Where(i => _dropout[i] < _visits))
            {
                if (!isChained)
                {
                    FillAfterDropout(i, models, ref random);
                }

                CountDeltas(i, models);
            }
        }
    }

    private void Chain(int[] group, ref TrialRandom random)
    {
        for (int v = 0; v < _visits; v++)
        {
            double[] observed = [.. group.Where(i => _observed[i][v]).Select(i => _values[i][v])];
            foreach (int i in group.Where(i => !_observed[i][v]))
            {
                _values[i][v] = observed[random.NextBelow(observed.Length)];
            }
        }

        for (int cycle = 0; cycle < _imputation.Cycles; cycle++)
        {
            for (int v = 0; v < _visits; v++)
            {
                int visit = v;
                int[] missing = [.. group.Where(i => !_observed[i][visit])];
                if (missing.Length == 0)
                {
                    continue;
                }

                int[] others = [.. Enumerable.Range(0, _visits).Where(k => k != v).OrderBy(k => Math.Abs(k - visit)).ThenBy(k => k)];
                int[] observed = [.. group.Where(i => _observed[i][visit])];
                PlainRegression model = PlainRegression.Draw(
                    [.. observed.Select(i => Row(i, others, Arm(i)))], [.. observed.Select(i => _values[i][visit])], ref random);
                foreach (int i in missing)
                {
                    _values[i][v] = model.Mean(Row(i, others, Arm(i))) + (model.Sigma * random.NextNormal());
                }
            }
        }
    }

    private PlainRegression Sequential(int[] group, int visit, ref TrialRandom random)
    {
        int[] stayed = [.. group.Where(i => _dropout[i] > visit)];
        int[] earlier = Earlier(visit);
        return PlainRegression.Draw(
            [.. stayed.Select(i => Row(i, earlier, Arm(i)))], [.. stayed.Select(i => _values[i][visit])], ref random);
    }

    private static int[] Earlier(int visit) => [.. Enumerable.Range(0, visit).Reverse()];

    // Intercept, arm, visits, predictors.
    private double[] Row(int i, int[] visits, int arm) => [1, arm, .. visits.Select(v => _values[i][v]), .. _predictors[i]];

    private void FillAfterDropout(int i, Dictionary<(int, int), PlainRegression> models, ref TrialRandom random)
    {
        int own = GroupOf(i);
        if (!FollowsReference(i))
        {
            for (int v = _dropout[i]; v < _visits; v++)
            {
                PlainRegression model = models[(own, v)];
                _values[i][v] = model.Mean(Row(i, Earlier(v), Arm(i))) + (model.Sigma * random.NextNormal());
            }

            return;
        }

        // Joined means, then the reference's conditional distribution, one visit at a time.
        int reference = _imputation.ByArm ? own - 1 : own;
        int d = _dropout[i];
        bool copies = _imputation.Reference == ReferenceBasedImputation.CopyReference;
        double[] referenceMean = new double[_visits];
        double[] joined = new double[_visits];
        if (!copies)
        {
            referenceMean = Means(i, reference, 0, _visits, models);
            double[] ownMean = Means(i, own, 1, d, models);
            double kept = _imputation.Reference == ReferenceBasedImputation.CopyIncrements && d > 0
                ? ownMean[d - 1] - referenceMean[d - 1]
                : 0;
            joined = [.. Enumerable.Range(0, _visits).Select(v => v < d ? ownMean[v] : referenceMean[v] + kept)];
        }

        for (int v = d; v < _visits; v++)
        {
            PlainRegression model = models[(reference, v)];
            double mean;
            if (copies)
            {
                mean = model.Mean(Row(i, Earlier(v), 0));
            }
            else
            {
                mean = joined[v];
                for (int k = 0; k < v; k++)
                {
                    mean += model.Coefficients[2 + v - 1 - k] * (_values[i][k] - joined[k]);
                }
            }

            _values[i][v] = mean + (model.Sigma * random.NextNormal());
        }
    }

    private double[] Means(int i, int group, int arm, int visits, Dictionary<(int, int), PlainRegression> models)
    {
        var means = new double[_visits];
        for (int v = 0; v < visits; v++)
        {
            means[v] = models[(group, v)].Mean([1, arm, .. Earlier(v).Select(k => means[k]), .. _predictors[i]]);
        }

        return means;
    }

    private void CountDeltas(int i, Dictionary<(int, int), PlainRegression> models)
    {
        int group = FollowsReference(i) && _imputation.ByArm ? GroupOf(i) - 1 : GroupOf(i);
        for (int v = 0; v < _visits; v++)
        {
            _counts[i][v] = v < _dropout[i] ? 0 : _imputation.DeltaAdjustment switch
            {
                DeltaAdjustment.Constant => 1,
                DeltaAdjustment.Accumulating => v - _dropout[i] + 1,
                _ => 1 + Enumerable.Range(_dropout[i], v - _dropout[i])
                    .Sum(k => models[(group, v)].Coefficients[2 + v - 1 - k] * _counts[i][k]),
            };
        }
    }
}
