using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>Likelihood of a normal model of repeated measures, y = Xβ + e with Var(e) = Σ restricted to the observed visits, as a function
/// of Σ; β is profiled out.</summary>
/// <remarks>
/// <para>−2 log L = c log 2π + Σ n_g log|Σ_g| + yᵀPy, and for restricted likelihood + log|XᵀV⁻¹X|; c is the number of observations, for
/// restricted likelihood less the number of columns. P = V⁻¹ − V⁻¹X(XᵀV⁻¹X)⁻¹XᵀV⁻¹. Sums run over patterns g of observed visits, and
/// K_g is Σ_g⁻¹ with zeros at the other visits.</para>
/// <para>Use: <see cref="Evaluate"/>, then <see cref="Differentiate"/>, then <see cref="CovarianceInformation"/>; each needs the one before at
/// the same Σ.</para>
/// </remarks>
internal sealed class MarginalLikelihood
{
    private const double PivotTolerance = 1e-13;

    // A variance that is less than this share of the others is that of rounding errors.
    private const double RoundingShare = 1e-20;

    private readonly VisitPatterns _data;
    private readonly FixedEffects _fixed;
    private readonly bool _restricted;
    private readonly int _visits;
    private readonly int _stride;
    private readonly int _size;
    private readonly PrecisionInverter _inverter;
    private readonly double[] _blocks;
    private readonly double[] _rows;
    private readonly double[] _r;
    private readonly double[] _inverse;
    private readonly double[] _matrixScratch;
    private readonly double[] _beta;
    private readonly double[] _products;
    private readonly double[] _basisRows;
    private readonly double[] _half;
    private readonly double[] _work;
    private readonly double[] _residual;
    private readonly double[] _gradient;
    private double[] _precisions = [];
    private double[] _moments = [];

    internal MarginalLikelihood(VisitPatterns data, FixedEffects fixedEffects, bool restricted)
    {
        _data = data;
        _fixed = fixedEffects;
        _restricted = restricted;
        _visits = data.Visits;
        _stride = data.Stride;
        _size = _visits * _stride;
        _inverter = new PrecisionInverter(_visits, PivotTolerance);
        int columns = fixedEffects.Columns;
        int columnStride = VectorKernels.Padded(columns);
        _blocks = new double[fixedEffects.BlockCount * _size];
        _rows = new double[data.Basis * _stride];
        _r = new double[columns * columnStride];
        _inverse = new double[columns * columnStride];
        _matrixScratch = new double[columns * columnStride];
        _beta = new double[columns];
        _products = new double[data.Basis * _stride];
        _basisRows = new double[data.Basis * _stride];
        _half = new double[data.Basis];
        _work = new double[_size];
        _residual = new double[_size];
        _gradient = new double[_size];
    }

    internal VisitPatterns Data => _data;

    internal FixedEffects Fixed => _fixed;

    internal bool IsRestricted => _restricted;

    internal double MinusTwoLogLikelihood { get; private set; }

    /// <summary>Estimates of the columns' coefficients.</summary>
    internal ReadOnlySpan<double> Beta => _beta;

    /// <summary>R with RᵀR = XᵀV⁻¹X.</summary>
    internal ReadOnlySpan<double> Factor => _r;

    /// <summary>(XᵀV⁻¹X)⁻¹, padded; valid after <see cref="Differentiate"/>.</summary>
    internal ReadOnlySpan<double> Inverse => _inverse;

    /// <summary>D with d log L = tr(D dΣ), padded and symmetric.</summary>
    internal ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>K_g, padded.</summary>
    internal Span<double> Precision(int pattern) => _precisions.AsSpan(pattern * _size, _size);

    /// <summary>K_g (Σ rrᵀ + Σ x(XᵀV⁻¹X)⁻¹xᵀ) K_g; valid after <see cref="Differentiate"/>.</summary>
    internal Span<double> Moment(int pattern) => _moments.AsSpan(pattern * _size, _size);

    /// <summary>Computes −2 log L and β at a Σ.</summary>
    /// <param name="sigma">Σ, padded rows; the upper triangle counts.</param>
    /// <returns>False where Σ or XᵀV⁻¹X is not positive definite; nothing else is valid then.</returns>
    internal bool Evaluate(ReadOnlySpan<double> sigma)
    {
        int patterns = _data.Count;
        if (_precisions.Length < patterns * _size)
        {
            Array.Resize(ref _precisions, patterns * _size);
            Array.Resize(ref _moments, patterns * _size);
        }

        double logDeterminants = 0;
        double quadratic = 0;
        _inverter.Begin(sigma);
        _blocks.AsSpan().Clear();
        _rows.AsSpan().Clear();
        for (int g = 0; g < patterns; g++)
        {
            Span<double> precision = Precision(g);
            if (!_inverter.Invert(sigma, _data.Mask(g), precision, out double logDeterminant))
            {
                return false;
            }

            logDeterminants += _data.ParticipantsOf(g) * logDeterminant;
            quadratic += VectorKernels.Dot(precision, _data.YY(g));
            AddPattern(g, precision);
        }

        int columns = _fixed.Columns;
        _fixed.ReduceBlocks(_blocks, _basisRows, _r);
        if (!SymmetricKernels.Factor(_r, columns, PivotTolerance))
        {
            return false;
        }

        _fixed.Reduce(_rows, _beta);
        SymmetricKernels.SolveTransposed(_r, columns, _beta);
        foreach (double projection in _beta)
        {
            quadratic -= projection * projection;
        }

        SymmetricKernels.Solve(_r, columns, _beta);
        _fixed.Expand(_beta, _products);
        double fixedDeterminant = _restricted ? SymmetricKernels.LogDeterminant(_r, columns) : 0;
        int counted = _data.Observations - (_restricted ? columns : 0);
        MinusTwoLogLikelihood = (counted * Math.Log(2 * Math.PI)) + logDeterminants + fixedDeterminant + quadratic;
        return double.IsFinite(MinusTwoLogLikelihood);
    }

    /// <summary>Mean residual products of pairs of visits after ordinary least squares, for starting values.</summary>
    /// <param name="sigma">Receives the matrix; not necessarily positive definite.</param>
    /// <param name="sharesVariance">Whether one variance serves all visits: a visit that the fixed effects reproduce, such as one that took
    /// place once, then has the mean variance of the others.</param>
    /// <returns>False where the columns are collinear or a visit has no variation.</returns>
    internal bool FillObservedCovariance(Span<double> sigma, bool sharesVariance)
    {
        sigma.Clear();
        for (int j = 0; j < _visits; j++)
        {
            sigma[(j * _stride) + j] = 1;
        }

        if (!Evaluate(sigma))
        {
            return false;
        }

        Span<double> counts = _work;
        counts.Clear();
        sigma.Clear();
        for (int g = 0; g < _data.Count; g++)
        {
            FillResidualProducts(g, _residual);
            ulong mask = _data.Mask(g);
            for (int j = 0; j < _visits; j++)
            {
                for (int k = 0; k < _visits; k++)
                {
                    if ((mask >> j & mask >> k & 1) != 0)
                    {
                        sigma[(j * _stride) + k] += _residual[(j * _stride) + k];
                        counts[(j * _stride) + k] += _data.ParticipantsOf(g);
                    }
                }
            }
        }

        // Every response pays its share of the fixed effects.
        double spent = 1 - ((double)_fixed.Columns / _data.Observations);
        double squares = 0;
        for (int j = 0; j < _visits; j++)
        {
            squares += sigma[(j * _stride) + j];
            for (int k = 0; k < _visits; k++)
            {
                int at = (j * _stride) + k;
                sigma[at] = counts[at] > 0 ? sigma[at] / (counts[at] * spent) : 0;
            }
        }

        double pooled = squares / (_data.Observations * spent);
        for (int j = 0; j < _visits; j++)
        {
            int at = (j * _stride) + j;
            if (!(sigma[at] > RoundingShare * pooled))
            {
                sigma[at] = pooled;
                if (!sharesVariance)
                {
                    return false;
                }
            }
        }

        return spent > 0 && pooled > 0;
    }

    /// <summary>Computes the gradient in Σ.</summary>
    internal void Differentiate()
    {
        SymmetricKernels.Invert(_r, _fixed.Columns, _matrixScratch, _inverse);
        if (_restricted)
        {
            _fixed.ExpandBlocks(_inverse, _rows, _blocks);
        }

        _gradient.AsSpan().Clear();
        for (int g = 0; g < _data.Count; g++)
        {
            ReadOnlySpan<double> precision = Precision(g);
            Span<double> moment = Moment(g);
            FillResidualProducts(g, _residual);
            if (_restricted)
            {
                AddFixedEffectVariance(g, _blocks, _residual);
            }

            SymmetricKernels.Multiply(precision, _residual, _visits, _work);
            SymmetricKernels.Multiply(_work, precision, _visits, moment);
            SymmetricKernels.AddMultiple(0.5, moment, _gradient);
            SymmetricKernels.AddMultiple(-0.5 * _data.ParticipantsOf(g), precision, _gradient);
        }
    }

    /// <summary>K_g (Σ x(XᵀV⁻¹X)⁻¹xᵀ) K_g; valid after <see cref="Differentiate"/> of a restricted likelihood.</summary>
    internal void FillLeverage(int pattern, Span<double> target)
    {
        _residual.AsSpan().Clear();
        AddFixedEffectVariance(pattern, _blocks, _residual);
        SymmetricKernels.Multiply(Precision(pattern), _residual, _visits, _work);
        SymmetricKernels.Multiply(_work, Precision(pattern), _visits, target);
    }

    /// <summary>Σ over a pattern of x B xᵀ for a matrix B given by its blocks over products: visits × visits, added.</summary>
    internal void AddFixedEffectVariance(int pattern, ReadOnlySpan<double> blocks, Span<double> target)
    {
        ReadOnlySpan<double> zz = _data.ZZ(pattern);
        int block = 0;
        for (int u = 0; u < _data.Basis; u++)
        {
            for (int v = u; v < _data.Basis; v++, block++)
            {
                SymmetricKernels.AddMultiple(zz[(u * _data.Basis) + v], blocks.Slice(block * _size, _size), target);
            }
        }
    }

    /// <summary>Σ z rᵀ over a pattern: padded rows by basis.</summary>
    internal void FillBasisResiduals(int pattern, Span<double> target)
    {
        ReadOnlySpan<double> zz = _data.ZZ(pattern);
        _data.ZY(pattern).CopyTo(target);
        for (int u = 0; u < _data.Basis; u++)
        {
            SymmetricKernels.SubtractCombination(
                zz[(u * _data.Basis)..], 1, _products, _stride, _data.Basis, target.Slice(u * _stride, _stride));
        }
    }

    // Σ rrᵀ with r = y − Bz: YY − B H − (B H)ᵀ where H = ZY − ZZ Bᵀ / 2. Rows and columns of unobserved visits hold rubbish, which the
    // zeros of K_g take out.
    private void FillResidualProducts(int pattern, Span<double> target)
    {
        ReadOnlySpan<double> zz = _data.ZZ(pattern);
        int basis = _data.Basis;
        _data.YY(pattern).CopyTo(target);
        _data.ZY(pattern).CopyTo(_basisRows);
        Span<double> half = _half;
        for (int u = 0; u < basis; u++)
        {
            for (int v = 0; v < basis; v++)
            {
                half[v] = 0.5 * zz[(u * basis) + v];
            }

            SymmetricKernels.SubtractCombination(half, 1, _products, _stride, basis, _basisRows.AsSpan(u * _stride, _stride));
        }

        for (int j = 0; j < _visits; j++)
        {
            Span<double> row = target.Slice(j * _stride, _stride);
            SymmetricKernels.SubtractCombination(_products.AsSpan(j), _stride, _basisRows, _stride, basis, row);
            SymmetricKernels.SubtractCombination(_basisRows.AsSpan(j), _stride, _products, _stride, basis, row);
        }
    }

    private void AddPattern(int g, ReadOnlySpan<double> precision)
    {
        ReadOnlySpan<double> zz = _data.ZZ(g);
        ReadOnlySpan<double> zy = _data.ZY(g);
        int basis = _data.Basis;
        int block = 0;
        for (int u = 0; u < basis; u++)
        {
            for (int v = u; v < basis; v++, block++)
            {
                SymmetricKernels.AddMultiple(zz[(u * basis) + v], precision, _blocks.AsSpan(block * _size, _size));
            }

            SymmetricKernels.AddCombination(
                zy[(u * _stride)..], 1, precision, _stride, _visits, _rows.AsSpan(u * _stride, _stride));
        }
    }
}
