using MathNet.Numerics;
using Tofersen.Simulation.Observations;

namespace Tofersen.Simulation.Analyses.Survival;

/// <summary>Fits a <see cref="CoxRegression"/>.</summary>
internal sealed class CoxRegressionWorker : IAnalysisWorker
{
    private readonly CoxTest _test;
    private readonly EventSelection _selection;
    private readonly CovariateDesign _design;
    private readonly CoxEngine _engine;
    private readonly double _critical;
    private readonly int[] _rows;
    private readonly EventTime[] _entries;

    internal CoxRegressionWorker(CoxRegression cox, TrialLayout layout)
    {
        _test = cox.Test;
        _selection = new EventSelection(cox, cox.ThroughWeek, cox.StratifyBy, layout);
        _design = new CovariateDesign(layout, cox.Covariates, cox.Strata);

        // The design counts an intercept, which the baseline hazard stands for.
        _engine = new CoxEngine(layout.Participants, _design.Columns - 1, _selection.StratumCount, cox.Ties);
        _critical = StudentT.TwoSidedCriticalValue(cox.Alpha, double.PositiveInfinity);
        _rows = new int[layout.Participants];
        _entries = new EventTime[layout.Participants];
    }

    public AnalysisResult Run(TrialData data)
    {
        Arrange(data);
        return CoxArmTest.Run(_engine, _test, _critical);
    }

    internal CoxFit Fit(TrialData data)
    {
        Arrange(data);
        AnalysisResult arm = CoxArmTest.Run(_engine, _test, _critical);
        int columns = _engine.Data.Columns;
        var covariance = new double[columns * columns];
        _engine.FillCovariance(covariance);
        return new CoxFit(
            arm,
            [
                .. Enumerable.Range(0, columns).Select(j => new Coefficient(
                    _design.ColumnName(j + 1), _engine.Coefficient(j), Math.Sqrt(covariance[(j * columns) + j]))),
            ],
            [.. covariance],
            _engine.Data.Count,
            _engine.Data.Events,
            _engine.LogLikelihoodAtZero,
            _engine.LogLikelihood,
            ModelTest(2 * (_engine.LogLikelihood - _engine.LogLikelihoodAtZero)),
            ModelTest(_engine.Wald()),
            ModelTest(_engine.ScoreAtZero),
            _engine.Iterations,
            _engine.GradientNorm);
    }

    private CoxModelTest ModelTest(double chiSquare) => new(
        chiSquare,
        _engine.Rank,
        double.IsNaN(chiSquare) || _engine.Rank == 0
            ? double.NaN
            : SpecialFunctions.GammaUpperRegularized(_engine.Rank / 2.0, Math.Max(0, chiSquare) / 2));

    private void Arrange(TrialData data)
    {
        int n = 0;
        for (int p = 0; p < data.Participants; p++)
        {
            if (_design.Includes(data, p) && _selection.TryRead(data, p, out _entries[n]))
            {
                _rows[n++] = p;
            }
        }

        ReadOnlySpan<int> rows = _rows.AsSpan(0, n);
        CoxRiskSets sets = _engine.Data;
        sets.Reset(n);
        for (int i = 0; i < n; i++)
        {
            sets.Set(i, _entries[i]);
        }

        for (int j = 0; j < sets.Columns; j++)
        {
            _design.FillColumn(data, rows, j + 1, sets.Column(j));
        }

        sets.Arrange();
    }
}
