using System.Numerics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>Inverts a covariance matrix restricted to the observed visits of one pattern after another.</summary>
/// <remarks>Where all visits together have an inverse, few missing ones are taken out of it: K − k kᵀ / k_jj leaves the inverse without visit j, and
/// k_jj is what the determinant changes by. Otherwise what is left is factored.</remarks>
internal sealed class PrecisionInverter
{
    // Where more are missing, what is left is smaller to invert, and more exact.
    private const int MostSwept = 2;

    private readonly int _visits;
    private readonly int _stride;
    private readonly double _tolerance;
    private readonly ulong _everyVisit;
    private readonly double[] _all;
    private readonly double[] _small;
    private readonly double[] _inverse;
    private readonly double[] _scratch;
    private readonly double[] _row;
    private bool _isInvertible;
    private double _logDeterminant;

    internal PrecisionInverter(int visits, double tolerance)
    {
        _visits = visits;
        _stride = VectorKernels.Padded(visits);
        _tolerance = tolerance;
        _everyVisit = ulong.MaxValue >> (VisitPatterns.MaximumVisits - visits);
        _all = new double[visits * _stride];
        _small = new double[visits * _stride];
        _inverse = new double[visits * _stride];
        _scratch = new double[visits * _stride];
        _row = new double[_stride];
    }

    /// <summary>Takes a new matrix.</summary>
    /// <param name="sigma">Σ, padded rows; the upper triangle counts.</param>
    internal void Begin(ReadOnlySpan<double> sigma) => _isInvertible = Factor(sigma, _everyVisit, _all, out _logDeterminant);

    /// <summary>Inverts the matrix restricted to some visits.</summary>
    /// <param name="sigma">The matrix of <see cref="Begin"/>.</param>
    /// <param name="mask">The observed visits.</param>
    /// <param name="precision">Receives the inverse with zeros at the other visits, padded rows.</param>
    /// <param name="logDeterminant">Receives the logarithm of the determinant of what is inverted.</param>
    /// <returns>False where it is not positive definite.</returns>
    internal bool Invert(ReadOnlySpan<double> sigma, ulong mask, Span<double> precision, out double logDeterminant)
    {
        ulong missing = ~mask & _everyVisit;
        if (!_isInvertible || BitOperations.PopCount(missing) > MostSwept)
        {
            return Factor(sigma, mask, precision, out logDeterminant);
        }

        _all.AsSpan().CopyTo(precision);
        double determinant = 1;
        for (; missing != 0; missing &= missing - 1)
        {
            determinant *= SweepOut(BitOperations.TrailingZeroCount(missing), precision);
        }

        logDeterminant = _logDeterminant + Math.Log(determinant);
        return determinant > 0;
    }

    private double SweepOut(int visit, Span<double> precision)
    {
        Span<double> row = _row;
        precision.Slice(visit * _stride, _stride).CopyTo(row);
        double pivot = row[visit];
        for (int i = 0; i < _visits; i++)
        {
            Span<double> target = precision.Slice(i * _stride, _stride);
            VectorKernels.SubtractMultiple(row[i] / pivot, row, target);
            target[visit] = 0;
        }

        precision.Slice(visit * _stride, _stride).Clear();
        return pivot;
    }

    private bool Factor(ReadOnlySpan<double> sigma, ulong mask, Span<double> precision, out double logDeterminant)
    {
        Span<int> at = stackalloc int[_visits];
        int n = 0;
        for (int j = 0; j < _visits; j++)
        {
            if ((mask >> j & 1) != 0)
            {
                at[n++] = j;
            }
        }

        int stride = VectorKernels.Padded(n);
        Span<double> small = _small.AsSpan(0, n * stride);
        small.Clear();
        for (int a = 0; a < n; a++)
        {
            for (int b = a; b < n; b++)
            {
                small[(a * stride) + b] = sigma[(at[a] * _stride) + at[b]];
            }
        }

        precision.Clear();
        if (!SymmetricKernels.Factor(small, n, _tolerance))
        {
            logDeterminant = double.NaN;
            return false;
        }

        logDeterminant = SymmetricKernels.LogDeterminant(small, n);
        if (n == _visits)
        {
            SymmetricKernels.Invert(small, n, _scratch, precision);
            return true;
        }

        SymmetricKernels.Invert(small, n, _scratch, _inverse);
        for (int a = 0; a < n; a++)
        {
            for (int b = 0; b < n; b++)
            {
                precision[(at[a] * _stride) + at[b]] = _inverse[(a * stride) + b];
            }
        }

        return true;
    }
}
