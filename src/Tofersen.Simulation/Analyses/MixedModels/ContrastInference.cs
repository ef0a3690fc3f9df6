using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>Variances and degrees of freedom of linear combinations of fixed effects.</summary>
/// <remarks>
/// <para>C = (XᵀV⁻¹X)⁻¹ and W is the covariance of the estimated entries of Σ. The variance of cᵀβ̂ is v = cᵀCc, its gradient in the
/// entries of Σ is g, and Satterthwaite's degrees of freedom are 2v²/(gᵀWg).</para>
/// <para>Kenward and Roger's adjusted covariance is C + 2C{ΣΣ W_ef(Q_ef − P_eCP_f − ¼R_ef)}C, without R in the linear version
/// (Kenward and Roger 1997, doi 10.2307/2533558). For one contrast their degrees of freedom are Satterthwaite's, with the unadjusted
/// variance. W is the inverse of the observed information, as in SAS and in R's mmrm.</para>
/// </remarks>
internal sealed class ContrastInference
{
    private readonly MarginalLikelihood _likelihood;
    private readonly CovarianceInformation _information;
    private readonly FixedEffects _fixed;
    private readonly int _visits;
    private readonly int _stride;
    private readonly double[] _firstRows;
    private readonly double[] _secondRows;
    private readonly double[] _entryProducts;
    private readonly double[] _precisionRows;
    private readonly double[] _basisRows;
    private readonly double[] _outer;
    private readonly double[] _sensitivity;
    private readonly double[] _gradient;
    private readonly double[] _keptProjections;
    private readonly double[] _solved;
    private bool _isSquare;

    internal ContrastInference(MarginalLikelihood likelihood, CovarianceInformation information)
    {
        _likelihood = likelihood;
        _information = information;
        _fixed = likelihood.Fixed;
        _visits = likelihood.Data.Visits;
        _stride = likelihood.Data.Stride;
        int rows = _fixed.Basis * _stride;
        _firstRows = new double[rows];
        _secondRows = new double[rows];
        _precisionRows = new double[rows];
        _basisRows = new double[rows];
        _entryProducts = new double[information.Entries * information.Stride];
        _outer = new double[_visits * _stride];
        _sensitivity = new double[_visits * _stride];
        _gradient = new double[information.Stride];
        _solved = new double[_fixed.Columns];
        _keptProjections = new double[_fixed.Columns * information.Stride];
    }

    /// <summary>cᵀβ̂.</summary>
    internal double Estimate(ReadOnlySpan<double> contrast)
    {
        double sum = 0;
        for (int c = 0; c < contrast.Length; c++)
        {
            sum += contrast[c] * _likelihood.Beta[c];
        }

        return sum;
    }

    /// <summary>cᵀCd.</summary>
    internal double Covariance(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        second.CopyTo(_solved);
        SolveInformation(_solved);
        double sum = 0;
        for (int c = 0; c < first.Length; c++)
        {
            sum += first[c] * _solved[c];
        }

        return sum;
    }

    /// <summary>Satterthwaite's degrees of freedom of a contrast.</summary>
    /// <param name="contrast">The contrast.</param>
    /// <param name="entryCovariance">W, padded.</param>
    /// <param name="variance">Receives the model variance of the contrast.</param>
    internal double DegreesOfFreedom(ReadOnlySpan<double> contrast, ReadOnlySpan<double> entryCovariance, out double variance)
    {
        variance = Covariance(contrast, contrast);
        FillSensitivity(contrast, contrast);
        for (int e = 0; e < _information.Entries; e++)
        {
            int a = _information.RowOf(e);
            int b = _information.ColumnOf(e);
            _gradient[e] = (a == b ? 1 : 2) * _sensitivity[(a * _stride) + b];
        }

        return 2 * variance * variance / QuadraticForm(_gradient, entryCovariance);
    }

    /// <summary>What the linear Kenward–Roger method adds to the covariance of two contrasts.</summary>
    internal double KenwardRogerAdjustment(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> entryCovariance)
    {
        int stride = _information.Stride;
        int entries = _information.Entries;
        Span<double> matrix = WhitenedProjections(first);
        double projections = first.SequenceEqual(second)
            ? Contract(matrix, matrix, entryCovariance)
            : Contract(Kept(matrix), WhitenedProjections(second), entryCovariance);

        FillDirections(first, second);
        _information.ClearProducts();
        for (int g = 0; g < _likelihood.Data.Count; g++)
        {
            FillOuter(g);
            _information.AddProducts(g, _outer);
        }

        _information.FillFromProducts(_entryProducts);
        double products = VectorKernels.Dot(_entryProducts, entryCovariance[..(entries * stride)]);
        return 2 * (products - projections);
    }

    /// <summary>What the second derivatives add for the full method, −½ tr(S M) with S = ΣΣ W_kl ∂²Σ/∂θ_k∂θ_l over the parameters.
    /// </summary>
    internal double CurvatureAdjustment(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> curvature)
    {
        FillSensitivity(first, second);
        return -0.5 * VectorKernels.Dot(_sensitivity, curvature);
    }

    // C c.
    private void SolveInformation(Span<double> vector)
    {
        SymmetricKernels.SolveTransposed(_likelihood.Factor, vector.Length, vector);
        SymmetricKernels.Solve(_likelihood.Factor, vector.Length, vector);
    }

    // Σ_g K (X u)(X w)ᵀ K made symmetric, u = C first and w = C second: the derivative of uᵀ(XᵀV⁻¹X)w with its sign turned.
    private void FillSensitivity(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        FillDirections(first, second);
        _sensitivity.AsSpan().Clear();
        for (int g = 0; g < _likelihood.Data.Count; g++)
        {
            FillOuter(g);
            SymmetricKernels.AddMultiple(1, _outer, _sensitivity);
        }
    }

    // C first and C second over products.
    private void FillDirections(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        FillDirection(first, _firstRows);
        _isSquare = first.SequenceEqual(second);
        if (!_isSquare)
        {
            FillDirection(second, _secondRows);
        }
    }

    private void FillDirection(ReadOnlySpan<double> contrast, Span<double> rows)
    {
        contrast.CopyTo(_solved);
        SolveInformation(_solved);
        _fixed.Expand(_solved, rows);
    }

    // Σ over a pattern of K x u (K x w)ᵀ, made symmetric.
    private void FillOuter(int g)
    {
        _information.FillPrecisionTimes(g, _isSquare ? _firstRows : _secondRows, _precisionRows);
        FillBasisProducts(g, _precisionRows, _basisRows);
        if (!_isSquare)
        {
            _information.FillPrecisionTimes(g, _firstRows, _precisionRows);
        }

        _outer.AsSpan().Clear();
        for (int u = 0; u < _fixed.Basis; u++)
        {
            Span<double> h = _basisRows.AsSpan(u * _stride, _stride);
            Span<double> p = _precisionRows.AsSpan(u * _stride, _stride);
            if (_isSquare)
            {
                SymmetricKernels.AddOuter(p[.._visits], h, _outer);
                continue;
            }

            SymmetricKernels.Scale(0.5, p);
            SymmetricKernels.AddOuter(p[.._visits], h, _outer);
            SymmetricKernels.AddOuter(h[.._visits], p, _outer);
        }
    }

    private void FillBasisProducts(int g, ReadOnlySpan<double> rows, Span<double> target)
    {
        ReadOnlySpan<double> zz = _likelihood.Data.ZZ(g);
        target.Clear();
        for (int u = 0; u < _fixed.Basis; u++)
        {
            SymmetricKernels.AddCombination(
                zz[(u * _fixed.Basis)..], 1, rows, _stride, _fixed.Basis, target.Slice(u * _stride, _stride));
        }
    }

    // R⁻ᵀ XᵀV⁻¹E_eV⁻¹X C c for every entry e.
    private Span<double> WhitenedProjections(ReadOnlySpan<double> contrast)
    {
        _information.ClearProjections();
        FillDirection(contrast, _firstRows);
        for (int g = 0; g < _likelihood.Data.Count; g++)
        {
            _information.FillPrecisionTimes(g, _firstRows, _precisionRows);
            FillBasisProducts(g, _precisionRows, _basisRows);
            _information.AddProjections(g, _basisRows);
        }

        return _information.WhitenProjections();
    }

    private Span<double> Kept(ReadOnlySpan<double> projections)
    {
        projections.CopyTo(_keptProjections);
        return _keptProjections;
    }

    // Σ_c a_cᵀ W b_c over the columns c.
    private double Contract(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> entryCovariance)
    {
        int stride = _information.Stride;
        double sum = 0;
        Span<double> mapped = _gradient;
        for (int c = 0; c < _fixed.Columns; c++)
        {
            mapped.Clear();
            SymmetricKernels.AddCombination(first[(c * stride)..], 1, entryCovariance, stride, _information.Entries, mapped);
            sum += VectorKernels.Dot(mapped, second.Slice(c * stride, stride));
        }

        return sum;
    }

    private double QuadraticForm(ReadOnlySpan<double> vector, ReadOnlySpan<double> entryCovariance)
    {
        int stride = _information.Stride;
        double sum = 0;
        for (int e = 0; e < _information.Entries; e++)
        {
            sum += vector[e] * VectorKernels.Dot(entryCovariance.Slice(e * stride, stride), vector);
        }

        return sum;
    }
}
