using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.Imputation;

/// <summary>The analysis of covariance of many completed data sets that differ in a few responses: one decomposition for all.</summary>
/// <remarks>Against a first completed set, differences d of the imputed responses move the coefficient of the last column by Σ aᵢ dᵢ
/// with a = q / r of that column, and the residual sum of squares by 2 Σ eᵢ dᵢ + Σ dᵢ² − |Q′d|² with the first set's residuals
/// e.</remarks>
internal sealed class CompletedAncova
{
    private readonly LinearModel _model;
    private readonly int _stride;
    private readonly double[] _q;
    private readonly double[] _residuals;
    private readonly double[] _differences;
    private readonly double[] _first;
    private double _lastFactor;
    private int _padded;

    internal CompletedAncova(LinearModel model, int maximumRows, int columns)
    {
        _model = model;
        _stride = VectorKernels.Padded(maximumRows);
        _q = new double[_stride * columns];
        _residuals = new double[_stride];
        _differences = new double[_stride];
        _first = new double[maximumRows];
    }

    /// <summary>Begins with a model that was fitted to the first completed set, and whose last column is not aliased.</summary>
    /// <param name="missing">Rows whose response was imputed.</param>
    /// <param name="values">Their imputed responses in the first set.</param>
    internal void Begin(ReadOnlySpan<int> missing, ReadOnlySpan<double> values)
    {
        _padded = VectorKernels.Padded(missing.Length);
        values.CopyTo(_first);
        Gather(_model.Response, missing, _residuals);
        for (int j = 0; j < _model.Columns; j++)
        {
            if (!_model.IsAliased(j))
            {
                Gather(_model.Column(j), missing, _q.AsSpan(j * _stride));
            }
        }

        _differences.AsSpan(missing.Length, _padded - missing.Length).Clear();
        Span<double> unit = stackalloc double[_model.Columns];
        unit.Clear();
        unit[^1] = 1;
        _lastFactor = Math.Sqrt(_model.UnscaledVariance(unit));
    }

    /// <summary>Coefficient of the last column and its variance with other imputed responses.</summary>
    internal (double Estimate, double Variance) Solve(ReadOnlySpan<double> values)
    {
        for (int m = 0; m < values.Length; m++)
        {
            _differences[m] = values[m] - _first[m];
        }

        ReadOnlySpan<double> differences = _differences.AsSpan(0, _padded);
        double squares = _model.ResidualSquares
            + (2 * VectorKernels.Dot(_residuals.AsSpan(0, _padded), differences))
            + VectorKernels.Dot(differences, differences);
        double projection = 0;
        for (int j = 0; j < _model.Columns; j++)
        {
            if (!_model.IsAliased(j))
            {
                projection = VectorKernels.Dot(_q.AsSpan(j * _stride, _padded), differences);
                squares -= projection * projection;
            }
        }

        // What is left of squares that cancel may be a little below zero.
        double variance = Math.Max(squares, 0) / _model.ResidualDegreesOfFreedom * _lastFactor * _lastFactor;
        return (_model.LastCoefficient + (projection * _lastFactor), variance);
    }

    private void Gather(ReadOnlySpan<double> source, ReadOnlySpan<int> rows, Span<double> target)
    {
        for (int m = 0; m < rows.Length; m++)
        {
            target[m] = source[rows[m]];
        }

        target[rows.Length.._padded].Clear();
    }
}
