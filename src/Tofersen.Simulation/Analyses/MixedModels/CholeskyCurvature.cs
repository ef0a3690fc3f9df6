using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>Second derivatives of an unstructured covariance in the parameters of its Cholesky factor, weighted by their covariance.
/// </summary>
/// <remarks>
/// <para>Σ = FFᵀ with F = DL, L unit lower triangular and D the exponentials of θ: the parametrisation of R's mmrm, on which its full
/// Kenward–Roger adjustment depends. In the entries of Σ themselves the second derivatives are zero.</para>
/// <para>A parameter moves one row of F only: θᵢ by the row itself, l_ij by F_ii at column j.</para>
/// </remarks>
internal sealed class CholeskyCurvature
{
    private readonly int _visits;
    private readonly int _stride;
    private readonly int _parameters;
    private readonly int _parameterStride;
    private readonly int[] _rowOf;
    private readonly int[] _columnOf;
    private readonly double[] _factor;
    private readonly double[] _inverse;
    private readonly double[] _change;
    private readonly double[] _half;
    private readonly double[] _slopes;
    private readonly double[] _mapped;
    private readonly double[] _weights;
    private readonly double[] _sum;

    internal CholeskyCurvature(int visits)
    {
        _visits = visits;
        _stride = VectorKernels.Padded(visits);
        _parameters = visits * (visits + 1) / 2;
        _parameterStride = VectorKernels.Padded(_parameters);
        _rowOf = new int[_parameters];
        _columnOf = new int[_parameters];
        int next = 0;
        for (int i = 0; i < visits; i++)
        {
            for (int j = 0; j <= i; j++, next++)
            {
                (_rowOf[next], _columnOf[next]) = (i, j);
            }
        }

        _factor = new double[visits * _stride];
        _inverse = new double[visits * _stride];
        _change = new double[visits * _stride];
        _half = new double[visits * _stride];
        _slopes = new double[_parameters * _parameterStride];
        _mapped = new double[_parameters * _parameterStride];
        _weights = new double[_parameters * _parameterStride];
        _sum = new double[visits * _stride];
    }

    /// <summary>ΣΣ W_kl ∂²Σ/∂θ_k∂θ_l, padded rows; valid until the next use.</summary>
    /// <param name="sigma">Σ, padded.</param>
    /// <param name="entryCovariance">Covariance of the entries of Σ̂, padded.</param>
    internal ReadOnlySpan<double> Sum(ReadOnlySpan<double> sigma, ReadOnlySpan<double> entryCovariance)
    {
        FillFactor(sigma);
        FillSlopes();
        FillWeights(entryCovariance);
        _sum.AsSpan().Clear();
        AddProductsOfFirstDerivatives();
        AddSecondDerivatives();
        return _sum;
    }

    // F lower triangular with zeros above, and its inverse.
    private void FillFactor(ReadOnlySpan<double> sigma)
    {
        sigma[.._factor.Length].CopyTo(_factor);
        SymmetricKernels.Factor(_factor, _visits);
        SymmetricKernels.Transpose(_factor, _visits);
        _inverse.AsSpan().Clear();
        for (int i = 0; i < _visits; i++)
        {
            _factor.AsSpan((i * _stride) + i + 1, _visits - i - 1).Clear();
            Span<double> row = _inverse.AsSpan(i * _stride, _stride);
            SymmetricKernels.SubtractCombination(_factor.AsSpan(i * _stride), 1, _inverse, _stride, i, row);
            row[i] += 1;
            SymmetricKernels.Scale(1 / _factor[(i * _stride) + i], row);
        }
    }

    // Slope of each parameter in each entry of Σ. With G = F⁻¹EF⁻ᵀ, a change E of Σ changes F by F times the lower triangle of G with
    // half its diagonal.
    private void FillSlopes()
    {
        int entry = 0;
        for (int a = 0; a < _visits; a++)
        {
            for (int b = a; b < _visits; b++, entry++)
            {
                FillHalf(a, b);
                SymmetricKernels.Multiply(_factor, _half, _visits, _change);
                for (int k = 0; k < _parameters; k++)
                {
                    int i = _rowOf[k];
                    int j = _columnOf[k];
                    double diagonal = _factor[(i * _stride) + i];
                    double scale = _change[(i * _stride) + i] / diagonal;
                    _slopes[(k * _parameterStride) + entry] = i == j
                        ? scale
                        : (_change[(i * _stride) + j] - (scale * _factor[(i * _stride) + j])) / diagonal;
                }
            }
        }
    }

    private void FillHalf(int a, int b)
    {
        for (int i = 0; i < _visits; i++)
        {
            ReadOnlySpan<double> row = _inverse.AsSpan(i * _stride, _stride);
            for (int j = 0; j <= i; j++)
            {
                ReadOnlySpan<double> other = _inverse.AsSpan(j * _stride, _stride);
                double value = a == b ? row[a] * other[a] : (row[a] * other[b]) + (row[b] * other[a]);
                _half[(i * _stride) + j] = i == j ? 0.5 * value : value;
            }
        }
    }

    // The covariance of the parameters: that of the entries, carried over by the slopes.
    private void FillWeights(ReadOnlySpan<double> entryCovariance)
    {
        SymmetricKernels.Multiply(_slopes, entryCovariance, _parameters, _mapped);
        for (int k = 0; k < _parameters; k++)
        {
            for (int l = 0; l <= k; l++)
            {
                double value = VectorKernels.Dot(
                    _mapped.AsSpan(k * _parameterStride, _parameterStride), _slopes.AsSpan(l * _parameterStride, _parameterStride));
                _weights[(k * _parameterStride) + l] = value;
                _weights[(l * _parameterStride) + k] = value;
            }
        }
    }

    // ∂F ∂Fᵀ of two parameters has one entry, at their rows: the product of what they do to them.
    private void AddProductsOfFirstDerivatives()
    {
        for (int k = 0; k < _parameters; k++)
        {
            for (int l = 0; l < _parameters; l++)
            {
                _sum[(_rowOf[k] * _stride) + _rowOf[l]] += 2 * _weights[(k * _parameterStride) + l] * RowProduct(k, l);
            }
        }
    }

    private double RowProduct(int k, int l)
    {
        int firstRow = _rowOf[k] * _stride;
        int secondRow = _rowOf[l] * _stride;
        bool scalesFirst = _rowOf[k] == _columnOf[k];
        bool scalesSecond = _rowOf[l] == _columnOf[l];
        if (scalesFirst && scalesSecond)
        {
            return VectorKernels.Dot(_factor.AsSpan(firstRow, _stride), _factor.AsSpan(secondRow, _stride));
        }

        if (scalesFirst)
        {
            return _factor[firstRow + _columnOf[l]] * _factor[secondRow + _rowOf[l]];
        }

        return scalesSecond
            ? _factor[secondRow + _columnOf[k]] * _factor[firstRow + _rowOf[k]]
            : _columnOf[k] == _columnOf[l] ? _factor[firstRow + _rowOf[k]] * _factor[secondRow + _rowOf[l]] : 0;
    }

    // ∂²F moves row i only where one of the two parameters is θᵢ, and then as the other one does.
    private void AddSecondDerivatives()
    {
        int first = 0;
        for (int i = 0; i < _visits; i++)
        {
            int scale = first + i;
            Span<double> change = _change.AsSpan(0, _stride);
            change.Clear();
            for (int l = first; l < scale; l++)
            {
                change[_columnOf[l]] = 2 * _weights[(scale * _parameterStride) + l] * _factor[(i * _stride) + i];
            }

            SymmetricKernels.AddMultiple(
                _weights[(scale * _parameterStride) + scale], _factor.AsSpan(i * _stride, _stride), change);
            for (int b = 0; b < _visits; b++)
            {
                double value = VectorKernels.Dot(change, _factor.AsSpan(b * _stride, _stride));
                _sum[(i * _stride) + b] += value;
                _sum[(b * _stride) + i] += value;
            }

            first = scale + 1;
        }
    }
}
