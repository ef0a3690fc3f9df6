using System.Diagnostics;
using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses;

/// <summary>Least squares by modified Gram–Schmidt on columns that are kept apart and padded for vectors.</summary>
/// <remarks>
/// <para>X = Q R column by column, the response along with it, which is as stable as Householder's method for the solution
/// (Björck 1967, doi 10.1007/BF01934122). A column that keeps less than 10⁻⁷ of its length after the earlier ones are taken out is
/// aliased, as in R's <c>lm</c>, and is left out.</para>
/// <para>Use: <see cref="Reset(int)"/>, write <see cref="Column"/> and <see cref="Response"/>, <see cref="Fit"/>, read. The last column is
/// the one of interest: its coefficient needs no back-substitution.</para>
/// </remarks>
internal sealed class LinearModel
{
    internal const double AliasTolerance = 1e-7;

    private readonly int _stride;
    private readonly double[] _q;
    private readonly double[] _response;
    private readonly double[] _r;
    private readonly double[] _projections;
    private readonly double[] _columnSquares;
    private readonly bool[] _aliased;
    private int _columns;
    private int _padded;

    internal LinearModel(int maximumRows, int columns)
    {
        _columns = columns;
        _stride = VectorKernels.Padded(maximumRows);
        _q = new double[_stride * columns];
        _response = new double[_stride];
        _r = new double[columns * columns];
        _projections = new double[columns];
        _columnSquares = new double[columns];
        _aliased = new bool[columns];
    }

    internal int Rows { get; private set; }

    internal int Columns => _columns;

    internal int Rank { get; private set; }

    /// <summary>Residual sum of squares after <see cref="Fit"/>.</summary>
    internal double ResidualSquares { get; private set; }

    /// <summary>Sum of squares of the response as given.</summary>
    internal double ResponseSquares { get; private set; }

    internal int ResidualDegreesOfFreedom => Rows - Rank;

    /// <summary>Residual standard deviation.</summary>
    internal double Sigma =>
        ResidualDegreesOfFreedom > 0 ? Math.Sqrt(ResidualSquares / ResidualDegreesOfFreedom) : double.NaN;

    /// <summary>Whether the residuals are nothing but rounding error: no variation to judge an effect by.</summary>
    internal bool FitsExactly => ResidualSquares <= 1e-26 * ResponseSquares;

    /// <summary>Most columns that may be kept; those that come after them are left out as if aliased.</summary>
    internal int RankLimit { get; set; } = int.MaxValue;

    internal bool IsAliased(int column) => _aliased[column];

    /// <summary>Coefficient of a column of Q.</summary>
    internal double Projection(int column) => _projections[column];

    /// <summary>Entry of R, the triangle that makes X of Q.</summary>
    internal double Triangle(int row, int column) => _r[(row * _columns) + column];

    /// <summary>Begins a new model with fewer columns than there is room for.</summary>
    internal void Reset(int rows, int columns)
    {
        Debug.Assert(columns * columns <= _r.Length, "There is room for the columns.");
        _columns = columns;
        Reset(rows);
    }

    /// <summary>Begins a new model with a number of rows and clears the padding.</summary>
    internal void Reset(int rows)
    {
        Rows = rows;
        _padded = VectorKernels.Padded(rows);
        for (int j = 0; j < _columns; j++)
        {
            _q.AsSpan((j * _stride) + rows, _padded - rows).Clear();
        }

        _response.AsSpan(rows, _padded - rows).Clear();
    }

    /// <summary>A column of X before <see cref="Fit"/>, of Q after it; as long as the rows.</summary>
    internal Span<double> Column(int column) => _q.AsSpan(column * _stride, Rows);

    /// <summary>The response before <see cref="Fit"/>, the residuals after it.</summary>
    internal Span<double> Response => _response.AsSpan(0, Rows);

    internal void Fit()
    {
        Rank = 0;
        Span<double> response = _response.AsSpan(0, _padded);
        ResponseSquares = VectorKernels.Dot(response, response);
        for (int j = 0; j < _columns; j++)
        {
            ReadOnlySpan<double> column = _q.AsSpan(j * _stride, _padded);
            _columnSquares[j] = VectorKernels.Dot(column, column);
        }

        for (int j = 0; j < _columns; j++)
        {
            Span<double> q = _q.AsSpan(j * _stride, _padded);
            double left = VectorKernels.Dot(q, q);
            _aliased[j] = Rank >= RankLimit || !(left > AliasTolerance * AliasTolerance * _columnSquares[j]);
            if (_aliased[j])
            {
                continue;
            }

            Rank++;
            double length = Math.Sqrt(left);
            double scale = 1 / length;
            _r[(j * _columns) + j] = length;
            for (int i = 0; i < q.Length; i++)
            {
                q[i] *= scale;
            }

            for (int k = j + 1; k < _columns; k++)
            {
                Span<double> later = _q.AsSpan(k * _stride, _padded);
                double dot = VectorKernels.Dot(q, later);
                _r[(j * _columns) + k] = dot;
                VectorKernels.SubtractMultiple(dot, q, later);
            }

            double projection = VectorKernels.Dot(q, response);
            _projections[j] = projection;
            VectorKernels.SubtractMultiple(projection, q, response);
        }

        ResidualSquares = VectorKernels.Dot(response, response);
    }

    /// <summary>Coefficient of the last column; NaN where it is aliased.</summary>
    internal double LastCoefficient
    {
        get
        {
            int j = _columns - 1;
            return _aliased[j] ? double.NaN : _projections[j] / _r[(j * _columns) + j];
        }
    }

    /// <summary>Standard error of the coefficient of the last column, from the pooled residual variance.</summary>
    internal double LastStandardError => Sigma / _r[(_columns * _columns) - 1];

    /// <summary>Heteroscedasticity-consistent standard error of the coefficient of the last column.</summary>
    /// <remarks>The coefficient is Σ aᵢ yᵢ with a = q / r of the last column, so its sandwich variance is Σ aᵢ² eᵢ² ωᵢ.</remarks>
    internal double LastRobustStandardError(RobustVariance variant)
    {
        int last = _columns - 1;
        double length = _r[(last * _columns) + last];
        ReadOnlySpan<double> q = Column(last);
        double sum = 0;
        for (int i = 0; i < Rows; i++)
        {
            double a = q[i] / length;
            double weight = 1;
            if (variant is RobustVariance.HC2 or RobustVariance.HC3)
            {
                double remaining = 1 - Leverage(i);
                if (remaining < 1e-12)
                {
                    return double.NaN;
                }

                weight = variant == RobustVariance.HC2 ? 1 / remaining : 1 / (remaining * remaining);
            }

            sum += a * a * _response[i] * _response[i] * weight;
        }

        return Math.Sqrt(variant == RobustVariance.HC1 ? sum * Rows / ResidualDegreesOfFreedom : sum);
    }

    /// <summary>t test of the coefficient of the last column, the arm's.</summary>
    /// <param name="bothArms">Whether both arms are there.</param>
    /// <param name="critical">Critical values at the analysis's level.</param>
    /// <param name="variant">Variance of the coefficient.</param>
    internal AnalysisResult TestLast(bool bothArms, CriticalValues critical, RobustVariance variant = RobustVariance.None)
    {
        int degreesOfFreedom = ResidualDegreesOfFreedom;
        if (!bothArms || degreesOfFreedom < 1 || IsAliased(_columns - 1) || FitsExactly)
        {
            return AnalysisResult.NotEstimable(Rows);
        }

        double standardError = variant == RobustVariance.None ? LastStandardError : LastRobustStandardError(variant);

        // A participant with leverage 1 leaves HC2 and HC3 undefined.
        return standardError > 0 && double.IsFinite(standardError)
            ? AnalysisResult.FromT(LastCoefficient, standardError, degreesOfFreedom, critical.At(degreesOfFreedom), Rows)
            : AnalysisResult.NotEstimable(Rows);
    }

    /// <summary>Coefficients of all columns; NaN where aliased.</summary>
    internal void FillCoefficients(Span<double> coefficients)
    {
        for (int j = _columns - 1; j >= 0; j--)
        {
            coefficients[j] = double.NaN;
            if (_aliased[j])
            {
                continue;
            }

            double sum = _projections[j];
            for (int k = j + 1; k < _columns; k++)
            {
                sum -= _aliased[k] ? 0 : _r[(j * _columns) + k] * coefficients[k];
            }

            coefficients[j] = sum / _r[(j * _columns) + j];
        }
    }

    /// <summary>A column of R⁻¹, zero at aliased columns; all NaN for an aliased column.</summary>
    internal void FillInverseColumn(int column, Span<double> solution)
    {
        solution[.._columns].Fill(_aliased[column] ? double.NaN : 0);
        if (_aliased[column])
        {
            return;
        }

        solution[column] = 1 / _r[(column * _columns) + column];
        for (int j = column - 1; j >= 0; j--)
        {
            if (_aliased[j])
            {
                continue;
            }

            double sum = 0;
            for (int k = j + 1; k <= column; k++)
            {
                sum += _aliased[k] ? 0 : _r[(j * _columns) + k] * solution[k];
            }

            solution[j] = -sum / _r[(j * _columns) + j];
        }
    }

    /// <summary>Whether a linear combination of the coefficients is determined by the data, aliased columns counting as
    /// zero.</summary>
    internal bool IsEstimable(ReadOnlySpan<double> combination)
    {
        Span<double> dependence = stackalloc double[_columns];
        for (int a = 0; a < _columns; a++)
        {
            if (!_aliased[a])
            {
                continue;
            }

            // Column a = Σ dependence_j column_j over the earlier free columns.
            double difference = -combination[a];
            double size = Math.Abs(combination[a]);
            for (int j = a - 1; j >= 0; j--)
            {
                dependence[j] = 0;
                if (_aliased[j])
                {
                    continue;
                }

                double sum = _r[(j * _columns) + a];
                for (int k = j + 1; k < a; k++)
                {
                    sum -= _r[(j * _columns) + k] * dependence[k];
                }

                dependence[j] = sum / _r[(j * _columns) + j];
                if (dependence[j] * dependence[j] * _columnSquares[j] <= AliasTolerance * AliasTolerance * _columnSquares[a])
                {
                    dependence[j] = 0;
                }

                difference += dependence[j] * combination[j];
                size += Math.Abs(dependence[j] * combination[j]);
            }

            if (!(Math.Abs(difference) <= 1e-6 * Math.Max(size, 1e-300)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Variance of a combination of the coefficients over σ²: |R⁻ᵀ c|².</summary>
    internal double UnscaledVariance(ReadOnlySpan<double> combination)
    {
        Span<double> solved = stackalloc double[_columns];
        double sum = 0;
        for (int j = 0; j < _columns; j++)
        {
            solved[j] = 0;
            if (_aliased[j])
            {
                continue;
            }

            double value = combination[j];
            for (int k = 0; k < j; k++)
            {
                value -= _aliased[k] ? 0 : _r[(k * _columns) + j] * solved[k];
            }

            solved[j] = value / _r[(j * _columns) + j];
            sum += solved[j] * solved[j];
        }

        return sum;
    }

    private double Leverage(int row)
    {
        double sum = 0;
        for (int j = 0; j < _columns; j++)
        {
            double q = _aliased[j] ? 0 : _q[(j * _stride) + row];
            sum += q * q;
        }

        return sum;
    }
}
