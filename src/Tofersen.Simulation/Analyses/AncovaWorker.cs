using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses;

/// <summary>Fits an <see cref="Ancova"/>.</summary>
internal sealed class AncovaWorker : IAnalysisWorker
{
    private readonly Ancova _ancova;
    private readonly TrialLayout _layout;
    private readonly CovariateDesign _design;
    private readonly LinearModel _model;
    private readonly CriticalValues _critical;
    private readonly int[] _rows;
    private readonly int _visit;

    internal AncovaWorker(Ancova ancova, TrialLayout layout)
    {
        _ancova = ancova;
        _layout = layout;
        _visit = layout.VisitAt(ancova.Week);
        _design = new CovariateDesign(layout, ancova.Covariates, ancova.Strata);
        _model = new LinearModel(layout.Participants, _design.Columns);
        _critical = new CriticalValues(ancova.Alpha, layout.Participants);
        _rows = new int[layout.Participants];
    }

    public AnalysisResult Run(TrialData data)
    {
        ReadOnlySpan<int> rows = SelectRows(data);
        bool bothArms = _design.Fill(data, rows, _model);
        FillResponse(data, rows);
        _model.Fit();
        return ArmResult(bothArms);
    }

    internal AncovaFit Fit(TrialData data)
    {
        ReadOnlySpan<int> rows = SelectRows(data);
        bool bothArms = _design.Fill(data, rows, _model);
        FillResponse(data, rows);

        int columns = _design.Columns;
        var means = new double[columns];
        for (int j = 0; j < columns; j++)
        {
            double sum = 0;
            foreach (double value in _model.Column(j))
            {
                sum += value;
            }

            means[j] = sum / rows.Length;
        }

        _model.Fit();
        var coefficients = new double[columns];
        _model.FillCoefficients(coefficients);
        return new AncovaFit(
            ArmResult(bothArms),
            [.. Enumerable.Range(0, columns).Select(j => new Coefficient(_design.ColumnName(j), coefficients[j], StandardError(j)))],
            [.. LeastSquaresMeans(means, coefficients, equal: true)],
            [.. LeastSquaresMeans(means, coefficients, equal: false)],
            _model.Sigma,
            _model.ResidualDegreesOfFreedom);
    }

    private double StandardError(int column)
    {
        var unit = new double[_design.Columns];
        unit[column] = 1;
        return _model.IsAliased(column) ? double.NaN : _model.Sigma * Math.Sqrt(_model.UnscaledVariance(unit));
    }

    private ReadOnlySpan<int> SelectRows(TrialData data)
    {
        int n = 0;
        int visits = data.Visits;
        bool needsBaseline = _ancova.Response == AncovaResponse.ChangeFromBaseline;
        for (int p = 0; p < data.Participants; p++)
        {
            if (data.ObservedMatrix[(p * visits) + _visit] && (!needsBaseline || data.ObservedMatrix[p * visits])
                && _design.Includes(data, p))
            {
                _rows[n++] = p;
            }
        }

        return _rows.AsSpan(0, n);
    }

    private void FillResponse(TrialData data, ReadOnlySpan<int> rows)
    {
        Span<double> response = _model.Response;
        double[] scores = data.ScoreMatrix;
        int visits = data.Visits;
        bool isChange = _ancova.Response == AncovaResponse.ChangeFromBaseline;
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i] * visits;
            response[i] = scores[row + _visit] - (isChange ? scores[row] : 0);
        }
    }

    private AnalysisResult ArmResult(bool bothArms) => _model.TestLast(bothArms, _critical, _ancova.Variance);

    private IEnumerable<Coefficient> LeastSquaresMeans(double[] means, double[] coefficients, bool equal)
    {
        for (int arm = 0; arm < 2; arm++)
        {
            var at = (double[])means.Clone();
            for (int j = 0; equal && j < at.Length; j++)
            {
                double weight = _design.EqualWeight(j);
                at[j] = double.IsNaN(weight) ? at[j] : weight;
            }

            at[^1] = arm;
            yield return Combine(_layout.ArmNames[arm], at, coefficients);
        }
    }

    private Coefficient Combine(string name, double[] combination, double[] coefficients)
    {
        if (!_model.IsEstimable(combination))
        {
            return new Coefficient(name, double.NaN, double.NaN);
        }

        double estimate = 0;
        for (int j = 0; j < combination.Length; j++)
        {
            estimate += _model.IsAliased(j) ? 0 : combination[j] * coefficients[j];
        }

        return new Coefficient(name, estimate, _model.Sigma * Math.Sqrt(_model.UnscaledVariance(combination)));
    }
}
