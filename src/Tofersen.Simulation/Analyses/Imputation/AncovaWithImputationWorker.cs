using Tofersen.Simulation.Common;
using Tofersen.Simulation.Designs;
using Tofersen.Simulation.Observations;
using Tofersen.Simulation.Randomness;

namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>Fits an <see cref="AncovaWithImputation"/>.</summary>
internal sealed class AncovaWithImputationWorker : IAnalysisWorker
{
    // Residuals below this share of the response are rounding error: no variation to judge an effect by.
    private const double ExactFit = 1e-24;

    private const double HighestScore = 48;

    private readonly AncovaWithImputation _analysis;
    private readonly MultipleImputation _imputation;
    private readonly CovariateDesign _design;
    private readonly CovariateDesign _predictors;
    private readonly LinearModel _model;
    private readonly LinearModel _predictorColumns;
    private readonly CompletedAncova _completed;
    private readonly ImputationEngine _engine;
    private readonly CriticalValues _critical;
    private readonly double _visitMonths;
    private readonly int _visit;
    private readonly int[] _rows;
    private readonly int[] _missing;
    private readonly double[] _responses;
    private readonly double[] _estimates;
    private readonly double[] _variances;
    private int _rowCount;
    private int _missingCount;
    private bool _bothArms;

    internal AncovaWithImputationWorker(AncovaWithImputation analysis, TrialLayout layout)
    {
        _analysis = analysis;
        _imputation = analysis.Imputation;
        _visit = layout.VisitAt(analysis.Week);
        _visitMonths = StudyTime.MonthsFromWeeks(analysis.Week);
        _design = new CovariateDesign(layout, analysis.Covariates, analysis.Strata);
        _predictors = new CovariateDesign(layout, _imputation.Predictors, analysis.Strata);
        int n = layout.Participants;
        _model = new LinearModel(n, _design.Columns);
        _predictorColumns = new LinearModel(n, _predictors.Columns);
        _completed = new CompletedAncova(_model, n, _design.Columns);
        _engine = new ImputationEngine(_imputation, n, _predictors.Columns, _visit, layout.StratumNames.Count);
        _critical = new CriticalValues(analysis.Alpha, n);
        _rows = new int[n];
        _missing = new int[n];
        _responses = new double[n];
        _estimates = new double[_imputation.Imputations];
        _variances = new double[_imputation.Imputations];
    }

    private bool IsChange => _analysis.Response == AncovaResponse.ChangeFromBaseline;

    private ReadOnlySpan<int> Rows => _rows.AsSpan(0, _rowCount);

    /// <summary>Rows of the model whose response is imputed.</summary>
    internal ReadOnlySpan<int> Missing => _missing.AsSpan(0, _missingCount);

    /// <summary>Participant of a missing row.</summary>
    internal int ParticipantOf(int missing) => _rows[_missing[missing]];

    internal int Imputations => _imputation.Imputations;

    public AnalysisResult Run(TrialData data)
    {
        if (!TryBegin(data, out AnalysisResult result))
        {
            return result;
        }

        (double control, double active) = (_imputation.ControlDelta, _imputation.ActiveDelta);
        for (int k = 0; k < Imputations; k++)
        {
            Impute(data, k);
            for (int m = 0; m < _missingCount; m++)
            {
                _responses[m] = Response(data, m, DrawnValue(m), DeltaCount(m), control, active);
            }

            AddCompleted(data, k, _responses.AsSpan(0, _missingCount));
        }

        return Pooled(out _);
    }

    internal AncovaWithImputationFit Fit(TrialData data)
    {
        AnalysisResult arm = Run(data);
        if (_missingCount == 0 || !arm.IsUsable)
        {
            return new AncovaWithImputationFit(arm, null, [], [], [], _missingCount);
        }

        Pooled(out RubinPooling pooling);
        return new AncovaWithImputationFit(
            arm,
            pooling,
            [.. PooledCoefficients(data)],
            [.. _estimates],
            [.. _variances.Select(Math.Sqrt)],
            _missingCount);
    }

    /// <summary>Reads a trial and makes ready for imputing.</summary>
    /// <returns>False where there is nothing to impute or nothing to impute from: the result is final.</returns>
    internal bool TryBegin(TrialData data, out AnalysisResult result)
    {
        SelectRows(data);
        bool isReadable = FillTable(data);
        FindMissing(data);
        _bothArms = _design.Fill(data, Rows, _model);
        result = AnalysisResult.NotEstimable(_rowCount);
        if (!isReadable || !_bothArms)
        {
            return false;
        }

        if (_missingCount == 0)
        {
            FillObservedResponses(data);
            _model.Fit();
            result = _model.TestLast(_bothArms, _critical);
            return false;
        }

        return _engine.Prepare();
    }

    internal void Impute(TrialData data, int imputation) =>
        _engine.Impute(data.Streams ?? new StreamKey((ulong)_imputation.Seed, 0), imputation);

    /// <summary>The imputed value of a missing row, on the scale of the imputation and without a delta.</summary>
    internal double DrawnValue(int missing) => _engine.Table.VisitsOf(_missing[missing])[_visit - 1];

    internal double DeltaCount(int missing) => _engine.DeltaCount(_missing[missing], _visit - 1);

    /// <summary>The response of a missing row from its drawn value and a delta in each arm.</summary>
    internal double Response(
        TrialData data, int missing, double drawn, double deltaCount, double controlDelta, double activeDelta)
    {
        int row = _missing[missing];
        double score = drawn + (deltaCount * (_engine.Table.IsActive[row] ? activeDelta : controlDelta));
        score = _imputation.Scale == ImputationScale.Log ? Math.Exp(score) : score;
        score = _imputation.Scores switch
        {
            ImputedScores.Clipped => Math.Clamp(score, 0, HighestScore),
            ImputedScores.WholePoints => Math.Clamp(Math.Round(score), 0, HighestScore),
            _ => score,
        };
        return score - (IsChange ? data.ScoreMatrix[_rows[row] * data.Visits] : 0);
    }

    /// <summary>Analyses one completed set.</summary>
    internal void AddCompleted(TrialData data, int imputation, ReadOnlySpan<double> responses)
    {
        if (imputation == 0)
        {
            FitCompleted(data, responses);
            if (_model.IsAliased(_model.Columns - 1) || _model.ResidualDegreesOfFreedom < 1)
            {
                return;
            }

            _completed.Begin(Missing, responses);
        }

        if (!_model.IsAliased(_model.Columns - 1) && _model.ResidualDegreesOfFreedom > 0)
        {
            (_estimates[imputation], _variances[imputation]) = _completed.Solve(responses);
        }
    }

    /// <summary>Pools what was added.</summary>
    internal AnalysisResult Pooled(out RubinPooling pooling)
    {
        pooling = default;
        int degreesOfFreedom = _model.ResidualDegreesOfFreedom;
        if (_model.IsAliased(_model.Columns - 1) || degreesOfFreedom < 1)
        {
            return AnalysisResult.NotEstimable(_rowCount);
        }

        pooling = RubinPooling.Pool(_estimates, _variances, degreesOfFreedom);
        Span<double> unit = stackalloc double[_model.Columns];
        unit.Clear();
        unit[^1] = 1;
        double exact = ExactFit * _model.ResponseSquares / degreesOfFreedom * _model.UnscaledVariance(unit);
        double pooledDegreesOfFreedom = pooling.DegreesOfFreedom(_analysis.DegreesOfFreedom);
        if (!(pooling.WithinVariance > exact) || !double.IsFinite(pooling.TotalVariance))
        {
            return AnalysisResult.NotEstimable(_rowCount);
        }

        double critical = StudentT.TwoSidedCriticalValue(_analysis.Alpha, pooledDegreesOfFreedom);
        return double.IsFinite(critical)
            ? AnalysisResult.FromT(pooling.Estimate, pooling.StandardError, pooledDegreesOfFreedom, critical, _rowCount)
            : AnalysisResult.NotEstimable(_rowCount);
    }

    private void SelectRows(TrialData data)
    {
        int visits = data.Visits;
        _rowCount = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            if ((!IsChange || data.ObservedMatrix[p * visits]) && _design.Includes(data, p) && _predictors.Includes(data, p)
                && !IsExcludedByDeath(data, p))
            {
                _rows[_rowCount++] = p;
            }
        }
    }

    private bool IsExcludedByDeath(TrialData data, int participant) =>
        _imputation.AfterDeath == ImputationAfterDeath.Exclude
        && data.FollowUpEndColumn[participant] == EventKind.Death
        && data.FollowUpColumn[participant] < _visitMonths
        && !data.ObservedMatrix[(participant * data.Visits) + _visit];

    private bool FillTable(TrialData data)
    {
        IncompleteTable table = _engine.Table;
        table.Rows = _rowCount;
        _predictors.Fill(data, Rows, _predictorColumns);
        for (int i = 0; i < _rowCount; i++)
        {
            Span<double> row = table.Row(i);
            for (int j = 0; j < table.Predictors; j++)
            {
                row[j] = _predictorColumns.Column(j)[i];
            }

            table.IsActive[i] = data.ArmColumn[_rows[i]] == TrialDesign.ActiveArm;
            table.Stratum[i] = data.StratumColumn[_rows[i]];
            if (!FillVisits(data, i))
            {
                return false;
            }
        }

        return true;
    }

    private bool FillVisits(TrialData data, int row)
    {
        IncompleteTable table = _engine.Table;
        ReadOnlySpan<bool> observed = data.ObservedMatrix.AsSpan(_rows[row] * data.Visits, data.Visits);
        ReadOnlySpan<double> scores = data.ScoreMatrix.AsSpan(_rows[row] * data.Visits, data.Visits);
        Span<double> values = table.VisitsOf(row);
        int last = observed[1..].LastIndexOf(true);
        table.Dropout[row] = Math.Min(last + 1, table.Visits);
        for (int v = 0; v < table.Visits; v++)
        {
            bool isObserved = observed[v + 1];
            table.Observed[(row * table.Visits) + v] = isObserved;
            if (!isObserved)
            {
                continue;
            }

            values[v] = _imputation.Scale == ImputationScale.Log ? Math.Log(scores[v + 1]) : scores[v + 1];
            if (!double.IsFinite(values[v]))
            {
                return false;
            }
        }

        return true;
    }

    private void FindMissing(TrialData data)
    {
        _missingCount = 0;
        for (int i = 0; i < _rowCount; i++)
        {
            if (!data.ObservedMatrix[(_rows[i] * data.Visits) + _visit])
            {
                _missing[_missingCount++] = i;
            }
        }
    }

    private void FillObservedResponses(TrialData data)
    {
        Span<double> response = _model.Response;
        for (int i = 0; i < response.Length; i++)
        {
            int row = _rows[i] * data.Visits;
            response[i] = data.ScoreMatrix[row + _visit] - (IsChange ? data.ScoreMatrix[row] : 0);
        }
    }

    private void FitCompleted(TrialData data, ReadOnlySpan<double> responses)
    {
        _design.Fill(data, Rows, _model);
        FillObservedResponses(data);
        for (int m = 0; m < responses.Length; m++)
        {
            _model.Response[_missing[m]] = responses[m];
        }

        _model.Fit();
    }

    // Every completed set once more, for all coefficients.
    private IEnumerable<PooledCoefficient> PooledCoefficients(TrialData data)
    {
        int columns = _model.Columns;
        var estimates = new double[columns][];
        var variances = new double[columns][];
        for (int j = 0; j < columns; j++)
        {
            (estimates[j], variances[j]) = (new double[Imputations], new double[Imputations]);
        }

        var coefficients = new double[columns];
        for (int k = 0; k < Imputations; k++)
        {
            Impute(data, k);
            for (int m = 0; m < _missingCount; m++)
            {
                _responses[m] =
                    Response(data, m, DrawnValue(m), DeltaCount(m), _imputation.ControlDelta, _imputation.ActiveDelta);
            }

            FitCompleted(data, _responses.AsSpan(0, _missingCount));
            _model.FillCoefficients(coefficients);
            for (int j = 0; j < columns; j++)
            {
                var unit = new double[columns];
                unit[j] = 1;
                estimates[j][k] = coefficients[j];
                variances[j][k] = _model.IsAliased(j) ? double.NaN : _model.Sigma * _model.Sigma * _model.UnscaledVariance(unit);
            }
        }

        return Enumerable.Range(0, columns).Select(j => new PooledCoefficient(
            _design.ColumnName(j), RubinPooling.Pool(estimates[j], variances[j], _model.ResidualDegreesOfFreedom)));
    }
}
