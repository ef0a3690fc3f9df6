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
    private readonly int _rowsLength;
    private readonly double[] _rows;
    private readonly double[] _precisionRows;
    private readonly double[] _basisRows;
    private readonly double[] _outer;
    private readonly double[] _sensitivity;
    private readonly double[] _gradient;
    private readonly double[] _solved;

    internal ContrastInference(MarginalLikelihood likelihood, CovarianceInformation information)
    {
        _likelihood = likelihood;
        _information = information;
        _fixed = likelihood.Fixed;
        _visits = likelihood.Data.Visits;
        _stride = likelihood.Data.Stride;
        _rowsLength = _fixed.Basis * _stride;
        _rows = new double[_rowsLength];
        _precisionRows = new double[_rowsLength];
        _basisRows = new double[_rowsLength];
        _outer = new double[_visits * _stride];
        _sensitivity = new double[_visits * _stride];
        _gradient = new double[information.Stride];
        _solved = new double[_fixed.Columns];
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

        int stride = _information.Stride;
        double spread = 0;
        for (int e = 0; e < _information.Entries; e++)
        {
            spread += _gradient[e] * VectorKernels.Dot(entryCovariance.Slice(e * stride, stride), _gradient);
        }

        return 2 * variance * variance / spread;
    }

    /// <summary>What the linear Kenward–Roger method adds to the covariance of two contrasts.</summary>
    internal double KenwardRogerAdjustment(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> entryCovariance)
    {
        int stride = _information.Stride;
        int entries = _information.Entries;
        double projections = 0;
        Span<double> matrix = WhitenedProjections(first);
        if (first.SequenceEqual(second))
        {
            projections = Contract(matrix, matrix, entryCovariance);
        }
        else
        {
            double[] kept = matrix.ToArray();
            projections = Contract(kept, WhitenedProjections(second), entryCovariance);
        }

        double products = 0;
        for (int g = 0; g < _likelihood.Data.Count; g++)
        {
            FillOuter(g, first, second);
            ReadOnlySpan<double> precision = _likelihood.Precision(g);
            for (int e = 0; e < entries; e++)
            {
                int a = _information.RowOf(e);
                int b = _information.ColumnOf(e);
                double weight = a == b ? 0.5 : 1;
                for (int f = 0; f < entries; f++)
                {
                    int c = _information.RowOf(f);
                    int d = _information.ColumnOf(f);
                    double value = (precision[(b * _stride) + c] * _outer[(d * _stride) + a])
                        + (precision[(b * _stride) + d] * _outer[(c * _stride) + a])
                        + (precision[(a * _stride) + c] * _outer[(d * _stride) + b])
                        + (precision[(a * _stride) + d] * _outer[(c * _stride) + b]);
                    products += entryCovariance[(e * stride) + f] * value * weight * (c == d ? 0.5 : 1);
                }
            }
        }

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
        _sensitivity.AsSpan().Clear();
        for (int g = 0; g < _likelihood.Data.Count; g++)
        {
            FillOuter(g, first, second);
            SymmetricKernels.AddMultiple(1, _outer, _sensitivity);
        }
    }

    // Σ over a pattern of K x u (K x w)ᵀ, made symmetric.
    private void FillOuter(int g, ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        bool same = first.SequenceEqual(second);
        FillPrecisionRows(g, second, _precisionRows);
        FillBasisProducts(g, _precisionRows, _basisRows);
        if (!same)
        {
            FillPrecisionRows(g, first, _precisionRows);
        }

        _outer.AsSpan().Clear();
        for (int u = 0; u < _fixed.Basis; u++)
        {
            ReadOnlySpan<double> h = _basisRows.AsSpan(u * _stride, _stride);
            ReadOnlySpan<double> p = _precisionRows.AsSpan(u * _stride, _stride);
            for (int j = 0; j < _visits; j++)
            {
                Span<double> row = _outer.AsSpan(j * _stride, _stride);
                if (same)
                {
                    SymmetricKernels.AddMultiple(p[j], h, row);
                }
                else
                {
                    SymmetricKernels.AddMultiple(0.5 * p[j], h, row);
                    SymmetricKernels.AddMultiple(0.5 * h[j], p, row);
                }
            }
        }
    }

    // Rows K u over products, u = C c.
    private void FillPrecisionRows(int g, ReadOnlySpan<double> contrast, Span<double> target)
    {
        contrast.CopyTo(_solved);
        SolveInformation(_solved);
        _fixed.Expand(_solved, _rows);
        _information.FillPrecisionTimes(g, _rows, target);
    }

    private void FillBasisProducts(int g, ReadOnlySpan<double> rows, Span<double> target)
    {
        ReadOnlySpan<double> zz = _likelihood.Data.ZZ(g);
        target.Clear();
        for (int u = 0; u < _fixed.Basis; u++)
        {
            for (int v = 0; v < _fixed.Basis; v++)
            {
                SymmetricKernels.AddMultiple(
                    zz[(u * _fixed.Basis) + v], rows.Slice(v * _stride, _stride), target.Slice(u * _stride, _stride));
            }
        }
    }

    // R⁻ᵀ XᵀV⁻¹E_eV⁻¹X C c for every entry e.
    private Span<double> WhitenedProjections(ReadOnlySpan<double> contrast)
    {
        _information.ClearProjections();
        for (int g = 0; g < _likelihood.Data.Count; g++)
        {
            FillPrecisionRows(g, contrast, _precisionRows);
            FillBasisProducts(g, _precisionRows, _basisRows);
            _information.AddProjections(g, _basisRows);
        }

        return _information.WhitenProjections();
    }

    private double Contract(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> entryCovariance)
    {
        int stride = _information.Stride;
        double sum = 0;
        for (int c = 0; c < _fixed.Columns; c++)
        {
            ReadOnlySpan<double> a = first.Slice(c * stride, stride);
            ReadOnlySpan<double> b = second.Slice(c * stride, stride);
            for (int e = 0; e < _information.Entries; e++)
            {
                sum += a[e] * VectorKernels.Dot(entryCovariance.Slice(e * stride, stride), b);
            }
        }

        return sum;
    }
}
