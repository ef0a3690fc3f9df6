using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>Information about the entries of Σ: the upper triangle by rows, (1,1), (1,2), …, (1,m), (2,2), …</summary>
/// <remarks>
/// <para>With E_ab the derivative of Σ by its entry ab, V̇ the derivative of V and P as in <see cref="MarginalLikelihood"/>, the observed
/// information of restricted likelihood is yᵀPV̇PV̇Py − ½ tr(PV̇PV̇), the expected one ½ tr(PV̇PV̇). Both are sums over patterns of
/// tr(E K E H) with H = K(Σrrᵀ + Σx(XᵀV⁻¹X)⁻¹xᵀ)K − ½nK for the observed one, less a term in the fixed effects.</para>
/// <para>The scoring form takes H = ½(nK − KΣx(XᵀV⁻¹X)⁻¹xᵀK) and nothing else: never indefinite, cheap, and exact where everybody has every
/// visit and every effect its own value at each.</para>
/// </remarks>
internal sealed class CovarianceInformation
{
    private readonly MarginalLikelihood _likelihood;
    private readonly FixedEffects _fixed;
    private readonly int _visits;
    private readonly int _stride;
    private readonly int _size;
    private readonly int[] _rowOf;
    private readonly int[] _columnOf;
    private readonly int[] _offsetOf;
    private readonly double[] _products;
    private readonly double[] _half;
    private readonly double[] _basisResiduals;
    private readonly double[] _precisionResiduals;
    private readonly double[] _entry;
    private readonly double[] _blocks;
    private readonly double[] _scratch;
    private readonly double[] _whitened;
    private readonly double[] _matrix;
    private readonly int _packed;
    private readonly double[] _outer;

    internal CovarianceInformation(MarginalLikelihood likelihood)
    {
        _likelihood = likelihood;
        _fixed = likelihood.Fixed;
        _visits = likelihood.Data.Visits;
        _stride = likelihood.Data.Stride;
        _size = _visits * _stride;
        Entries = _visits * (_visits + 1) / 2;
        Stride = VectorKernels.Padded(Entries);
        _rowOf = new int[Entries];
        _columnOf = new int[Entries];
        _offsetOf = new int[_visits * _visits];
        int entry = 0;
        for (int a = 0; a < _visits; a++)
        {
            for (int b = a; b < _visits; b++)
            {
                _rowOf[entry] = a;
                _columnOf[entry] = b;
                _offsetOf[(a * _visits) + b] = entry * _size;
                _offsetOf[(b * _visits) + a] = entry * _size;
                entry++;
            }
        }

        int columns = _fixed.Columns;
        int columnSize = columns * VectorKernels.Padded(columns);
        _products = new double[Entries * _size];
        _half = new double[_size];
        _basisResiduals = new double[_fixed.Basis * _stride];
        _precisionResiduals = new double[_fixed.Basis * _stride];
        _entry = new double[Entries * _fixed.Basis * _stride];
        _blocks = new double[_fixed.BlockCount * _size];
        _outer = new double[_size];
        _scratch = new double[Math.Max(columnSize, columns * Stride)];
        _packed = VectorKernels.Padded(columns * (columns + 1) / 2);
        _whitened = new double[Entries * _packed];
        _matrix = new double[columnSize];
    }

    /// <summary>Entries of the upper triangle of Σ.</summary>
    internal int Entries { get; }

    /// <summary>Padded number of entries.</summary>
    internal int Stride { get; }

    internal int RowOf(int entry) => _rowOf[entry];

    internal int ColumnOf(int entry) => _columnOf[entry];

    /// <summary>Fills the scoring form.</summary>
    internal void FillScoring(Span<double> information) => FillPatterns(information, observed: false);

    /// <summary>Fills the observed information.</summary>
    internal void FillObserved(Span<double> information)
    {
        FillPatterns(information, observed: true);
        SubtractResidualProjections(information);
        if (_likelihood.IsRestricted)
        {
            SubtractFixedEffectTraces(information);
        }
    }

    private void FillPatterns(Span<double> information, bool observed)
    {
        ClearProducts();
        for (int g = 0; g < _likelihood.Data.Count; g++)
        {
            FillHalf(g, observed);
            AddProducts(g, _half);
        }

        FillFromProducts(information);
    }

    /// <summary>Begins sums over patterns of products of K_g with matrices H_g.</summary>
    internal void ClearProducts() => _products.AsSpan().Clear();

    /// <summary>Adds a pattern's products of the entries of K_g with H.</summary>
    internal void AddProducts(int pattern, ReadOnlySpan<double> half)
    {
        ReadOnlySpan<double> precision = _likelihood.Precision(pattern);
        for (int e = 0; e < Entries; e++)
        {
            double k = precision[(_rowOf[e] * _stride) + _columnOf[e]];
            if (k != 0)
            {
                SymmetricKernels.AddMultiple(k, half, _products.AsSpan(e * _size, _size));
            }
        }
    }

    /// <summary>Fills Σ tr(E_e K E_f H) from the products.</summary>
    internal void FillFromProducts(Span<double> information)
    {
        for (int e = 0; e < Entries; e++)
        {
            int a = _rowOf[e];
            int b = _columnOf[e];
            double weight = a == b ? 0.5 : 1;
            for (int f = e; f < Entries; f++)
            {
                int c = _rowOf[f];
                int d = _columnOf[f];
                double sum = Product(b, c, d, a) + Product(b, d, c, a) + Product(a, c, d, b) + Product(a, d, c, b);
                sum *= c == d ? 0.5 * weight : weight;
                information[(e * Stride) + f] = sum;
                information[(f * Stride) + e] = sum;
            }
        }
    }

    // H of the pattern.
    private void FillHalf(int g, bool observed)
    {
        ReadOnlySpan<double> precision = _likelihood.Precision(g);
        int n = _likelihood.Data.ParticipantsOf(g);
        if (observed)
        {
            _likelihood.Moment(g).CopyTo(_half);
            SymmetricKernels.AddMultiple(-0.5 * n, precision, _half);
            return;
        }

        precision.CopyTo(_half);
        SymmetricKernels.Scale(0.5 * n, _half);
        if (_likelihood.IsRestricted)
        {
            _likelihood.FillLeverage(g, _outer);
            SymmetricKernels.AddMultiple(-0.5, _outer, _half);
        }
    }

    // Σ_g K_g[i, j] H_g[k, l].
    private double Product(int i, int j, int k, int l) => _products[_offsetOf[(i * _visits) + j] + (k * _stride) + l];

    // f_abᵀ (XᵀV⁻¹X)⁻¹ f_cd with f_ab = XᵀV⁻¹E_abV⁻¹r.
    private void SubtractResidualProjections(Span<double> information)
    {
        VisitPatterns data = _likelihood.Data;
        _entry.AsSpan().Clear();
        for (int g = 0; g < data.Count; g++)
        {
            _likelihood.FillBasisResiduals(g, _basisResiduals);
            FillPrecisionTimes(g, _basisResiduals, _precisionResiduals);
            AddProjections(g, _precisionResiduals);
        }

        Span<double> matrix = WhitenProjections();
        for (int e = 0; e < Entries; e++)
        {
            SymmetricKernels.SubtractCombination(
                matrix[e..], Stride, matrix, Stride, _fixed.Columns, information.Slice(e * Stride, Stride));
        }
    }

    /// <summary>Rows by basis times K_g.</summary>
    internal void FillPrecisionTimes(int pattern, ReadOnlySpan<double> rows, Span<double> target)
    {
        ReadOnlySpan<double> precision = _likelihood.Precision(pattern);
        for (int u = 0; u < _fixed.Basis; u++)
        {
            Span<double> q = target.Slice(u * _stride, _stride);
            q.Clear();
            SymmetricKernels.AddCombination(rows[(u * _stride)..], 1, precision, _stride, _visits, q);
        }
    }

    /// <summary>Begins a sum of projections XᵀV⁻¹E_ab(…).</summary>
    internal void ClearProjections() => _entry.AsSpan().Clear();

    /// <summary>Adds a pattern's part of XᵀV⁻¹E_ab w for vectors w that are given summed over participants with z: rows by
    /// basis.</summary>
    internal void AddProjections(int pattern, ReadOnlySpan<double> rows)
    {
        ReadOnlySpan<double> precision = _likelihood.Precision(pattern);
        int size = _fixed.Basis * _stride;
        for (int u = 0; u < _fixed.Basis; u++)
        {
            ReadOnlySpan<double> q = rows.Slice(u * _stride, _stride);
            for (int e = 0; e < Entries; e++)
            {
                int a = _rowOf[e];
                int b = _columnOf[e];
                Span<double> target = _entry.AsSpan((e * size) + (u * _stride), _stride);
                SymmetricKernels.AddMultiple(q[b], precision.Slice(a * _stride, _stride), target);
                if (a != b)
                {
                    SymmetricKernels.AddMultiple(q[a], precision.Slice(b * _stride, _stride), target);
                }
            }
        }
    }

    /// <summary>R⁻ᵀ times the projections: columns × entries, padded; valid until the next use.</summary>
    internal Span<double> WhitenProjections()
    {
        int columns = _fixed.Columns;
        int size = _fixed.Basis * _stride;
        Span<double> reduced = stackalloc double[columns];
        Span<double> matrix = _scratch.AsSpan(0, columns * Stride);
        matrix.Clear();
        for (int e = 0; e < Entries; e++)
        {
            _fixed.Reduce(_entry.AsSpan(e * size, size), reduced);
            for (int c = 0; c < columns; c++)
            {
                matrix[(c * Stride) + e] = reduced[c];
            }
        }

        SymmetricKernels.SolveTransposedRows(_likelihood.Factor, columns, matrix, Stride);
        return matrix;
    }

    // ½ tr(C A_ab C A_cd) with C = (XᵀV⁻¹X)⁻¹ = R⁻¹R⁻ᵀ and A_ab = XᵀV⁻¹E_abV⁻¹X: half the inner product of R⁻ᵀA R⁻¹ with its like, of
    // which the lower triangles are kept, scaled so that their products count both halves.
    private void SubtractFixedEffectTraces(Span<double> information)
    {
        int columns = _fixed.Columns;
        int columnStride = VectorKernels.Padded(columns);
        Span<double> matrix = _matrix;
        for (int e = 0; e < Entries; e++)
        {
            FillEntryBlocks(e);
            _fixed.ReduceBlocks(_blocks, _basisResiduals, matrix);
            SymmetricKernels.SolveTransposedRows(_likelihood.Factor, columns, matrix, columnStride);
            SymmetricKernels.Transpose(matrix, columns);
            SymmetricKernels.SolveTransposedRows(_likelihood.Factor, columns, matrix, columnStride);
            Pack(matrix, columns, columnStride, _whitened.AsSpan(e * _packed, _packed));
        }

        for (int e = 0; e < Entries; e++)
        {
            ReadOnlySpan<double> first = _whitened.AsSpan(e * _packed, _packed);
            for (int f = e; f < Entries; f++)
            {
                double trace = VectorKernels.Dot(first, _whitened.AsSpan(f * _packed, _packed));
                information[(e * Stride) + f] -= trace;
                if (f != e)
                {
                    information[(f * Stride) + e] -= trace;
                }
            }
        }
    }

    private static void Pack(ReadOnlySpan<double> matrix, int columns, int stride, Span<double> packed)
    {
        int next = 0;
        for (int i = 0; i < columns; i++)
        {
            matrix.Slice(i * stride, i).CopyTo(packed[next..]);
            next += i;
            packed[next++] = matrix[(i * stride) + i] * Math.Sqrt(0.5);
        }
    }

    /// <summary>Blocks over products of XᵀV⁻¹E_abV⁻¹X.</summary>
    private void FillEntryBlocks(int entry)
    {
        int a = _rowOf[entry];
        int b = _columnOf[entry];
        _blocks.AsSpan().Clear();
        VisitPatterns data = _likelihood.Data;
        int basis = _fixed.Basis;
        for (int g = 0; g < data.Count; g++)
        {
            ulong both = (1UL << a) | (1UL << b);
            if ((data.Mask(g) & both) != both)
            {
                continue;
            }

            ReadOnlySpan<double> precision = _likelihood.Precision(g);
            ReadOnlySpan<double> rowA = precision.Slice(a * _stride, _stride);
            ReadOnlySpan<double> rowB = precision.Slice(b * _stride, _stride);
            _outer.AsSpan().Clear();
            SymmetricKernels.AddOuter(rowA[.._visits], rowB, _outer);
            if (a != b)
            {
                SymmetricKernels.AddOuter(rowB[.._visits], rowA, _outer);
            }

            ReadOnlySpan<double> zz = data.ZZ(g);
            int block = 0;
            for (int u = 0; u < basis; u++)
            {
                for (int v = u; v < basis; v++, block++)
                {
                    SymmetricKernels.AddMultiple(zz[(u * basis) + v], _outer, _blocks.AsSpan(block * _size, _size));
                }
            }
        }
    }
}
