using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>A plan's columns orthogonalised, without those that depend on earlier ones and without visits that nobody has.</summary>
/// <remarks>With G the inner products of the columns over the observed responses, G = RᵀR, the model is fitted in the columns X R⁻¹, which
/// are orthonormal: whatever the units and coding of the covariates, the fit is well conditioned.</remarks>
internal sealed class GeneralColumns
{
    private const double Tolerance = 1e-10;

    // A column that is zero at all observed responses comes out as the rounding errors of z = (z − mean) + mean · 1.
    private const double RoundingShare = 1e-12;

    private readonly ColumnPlan _plan;
    private readonly double[] _zMeans;
    private readonly int[] _visitOf;
    private readonly int[] _kept;
    private readonly bool[] _aliased;
    private readonly double[] _r;
    private readonly double[] _dependences;
    private readonly double[] _inner;

    internal GeneralColumns(
        ColumnPlan plan,
        VisitPatterns patterns,
        ReadOnlySpan<double> zMeans,
        ulong seen,
        Func<VisitPatterns, FixedEffects, RepeatedMeasuresModel> newModel)
    {
        _plan = plan;
        _zMeans = zMeans.ToArray();
        _visitOf = new int[plan.Visits];
        int visits = 0;
        for (int j = 0; j < plan.Visits; j++)
        {
            _visitOf[j] = (seen >> j & 1) != 0 ? visits++ : -1;
        }

        VisitPatterns observed = visits == plan.Visits ? patterns : Without(patterns, visits);
        double[][] columns = [.. Enumerable.Range(0, plan.Count).Select(c => Products(plan[c], visits))];
        double[,] gram = Gram(columns, observed);
        _aliased = new bool[plan.Count];
        _dependences = new double[plan.Count * plan.Count];
        _kept = Keep(gram, Sizes(columns, observed));
        int n = _kept.Length;
        int stride = VectorKernels.Padded(n);
        _r = new double[n * stride];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                _r[(i * stride) + j] = gram[_kept[i], _kept[j]];
            }
        }

        IsDefinite = n > 0 && SymmetricKernels.Factor(_r, n);
        _inner = new double[n];
        LogDeterminant = IsDefinite ? SymmetricKernels.LogDeterminant(_r, n) : double.NaN;
        Model = newModel(observed, new FixedEffects(visits, plan.Basis, IsDefinite ? Orthonormal(columns, visits) : []));
    }

    internal RepeatedMeasuresModel Model { get; }

    /// <summary>ln |XᵀX| of the columns that are kept.</summary>
    internal double LogDeterminant { get; }

    private bool IsDefinite { get; }

    internal AnalysisStatus Fit() => IsDefinite ? Model.Fit() : AnalysisStatus.NotEstimable;

    internal bool IsAliased(int column) => _aliased[column];

    /// <summary>Position of a visit among those that have responses; −1 for one that has none.</summary>
    internal int VisitOf(int visit) => _visitOf[visit];

    /// <summary>Whether a combination gives zero on every dependence among the columns.</summary>
    internal bool IsEstimable(ReadOnlySpan<double> contrast)
    {
        int n = _plan.Count;
        for (int a = 0; a < n; a++)
        {
            if (!_aliased[a])
            {
                continue;
            }

            double difference = -contrast[a];
            double size = Math.Abs(contrast[a]);
            for (int c = 0; c < n; c++)
            {
                double part = _dependences[(a * n) + c] * contrast[c];
                difference += part;
                size += Math.Abs(part);
            }

            if (Math.Abs(difference) > 1e-6 * size)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The combination in the orthonormal columns: R⁻ᵀ c.</summary>
    internal ReadOnlySpan<double> Inner(ReadOnlySpan<double> contrast)
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            _inner[i] = contrast[_kept[i]];
        }

        SymmetricKernels.SolveTransposed(_r, _kept.Length, _inner);
        return _inner;
    }

    /// <summary>Value of the combination for the responses' means at each visit.</summary>
    /// <remarks>The means are a function of the visit, which the columns span: its coefficients are those of a regression on the
    /// columns.</remarks>
    internal double Offset(ReadOnlySpan<double> contrast, ReadOnlySpan<double> yMeans)
    {
        FixedEffects orthonormal = Model.Fixed;
        VisitPatterns data = Model.Data;
        var products = new double[data.Basis * data.Stride];
        for (int g = 0; g < data.Count; g++)
        {
            for (int j = 0; j < _visitOf.Length; j++)
            {
                int at = _visitOf[j];
                for (int u = 0; at >= 0 && u < data.Basis; u++)
                {
                    products[(u * data.Stride) + at] += (data.Mask(g) >> at & 1) * yMeans[j] * data.ZZ(g)[u * data.Basis];
                }
            }
        }

        var coefficients = new double[orthonormal.Columns];
        orthonormal.Reduce(products, coefficients);
        ReadOnlySpan<double> inner = Inner(contrast);
        double sum = 0;
        for (int c = 0; c < coefficients.Length; c++)
        {
            sum += inner[c] * coefficients[c];
        }

        return sum;
    }

    // A column over products of centred baseline values: z = (z − mean) + mean · 1.
    private double[] Products(IReadOnlyList<ColumnEntry> column, int visits)
    {
        int stride = VectorKernels.Padded(visits);
        var products = new double[_plan.Basis * stride];
        foreach (ColumnEntry entry in column)
        {
            int at = _visitOf[entry.Visit];
            if (at >= 0)
            {
                products[(entry.Basis * stride) + at] += entry.Value;
                products[at] += entry.Basis == 0 ? 0 : entry.Value * _zMeans[entry.Basis];
            }
        }

        return products;
    }

    private static double[,] Gram(double[][] columns, VisitPatterns data)
    {
        int n = columns.Length;
        var gram = new double[n, n];
        var mapped = new double[data.Basis * data.Stride];
        for (int c = 0; c < n; c++)
        {
            mapped.AsSpan().Clear();
            for (int g = 0; g < data.Count; g++)
            {
                ReadOnlySpan<double> zz = data.ZZ(g);
                for (int u = 0; u < data.Basis; u++)
                {
                    for (int j = 0; j < data.Visits; j++)
                    {
                        double value = columns[c][(u * data.Stride) + j];
                        for (int v = 0; value != 0 && v < data.Basis; v++)
                        {
                            mapped[(v * data.Stride) + j] += (data.Mask(g) >> j & 1) * value * zz[(u * data.Basis) + v];
                        }
                    }
                }
            }

            for (int d = 0; d < n; d++)
            {
                gram[c, d] = VectorKernels.Dot(mapped, columns[d]);
            }
        }

        return gram;
    }

    // What the diagonal would be if the constant and the centred part of a column did not cancel.
    private static double[] Sizes(double[][] columns, VisitPatterns data)
    {
        double[][] constants = [.. columns.Select(column => (double[])[.. column.Select((value, at) => at < data.Stride ? value : 0)])];
        double[][] centred = [.. columns.Select(column => (double[])[.. column.Select((value, at) => at < data.Stride ? 0 : value)])];
        double[,] first = Gram(constants, data);
        double[,] second = Gram(centred, data);
        return [.. columns.Select((_, c) => first[c, c] + second[c, c])];
    }

    // Gauss–Jordan sweeps in order: a column whose diagonal has all but vanished depends on the earlier ones.
    private int[] Keep(double[,] gram, double[] sizes)
    {
        int n = _plan.Count;
        var swept = (double[,])gram.Clone();
        var kept = new List<int>();
        for (int k = 0; k < n; k++)
        {
            double pivot = swept[k, k];
            double rounding = RoundingShare * sizes[k];
            if (!(pivot > Tolerance * gram[k, k]) || !(gram[k, k] > rounding))
            {
                _aliased[k] = true;
                foreach (int j in kept)
                {
                    double coefficient = swept[j, k];
                    bool isRounding = coefficient * coefficient * gram[j, j] <= Tolerance * Math.Max(gram[k, k], rounding);
                    _dependences[(k * n) + j] = isRounding ? 0 : coefficient;
                }

                continue;
            }

            kept.Add(k);
            for (int j = 0; j < n; j++)
            {
                swept[k, j] /= pivot;
            }

            for (int i = 0; i < n; i++)
            {
                double factor = swept[i, k];
                for (int j = 0; i != k && factor != 0 && j < n; j++)
                {
                    swept[i, j] -= factor * swept[k, j];
                }
            }
        }

        return [.. kept];
    }

    // Columns of X R⁻¹ over products, by forward substitution.
    private List<IReadOnlyList<ColumnEntry>> Orthonormal(double[][] columns, int visits)
    {
        int stride = VectorKernels.Padded(_kept.Length);
        int visitStride = VectorKernels.Padded(visits);
        var result = new List<double[]>();
        for (int c = 0; c < _kept.Length; c++)
        {
            var products = (double[])columns[_kept[c]].Clone();
            for (int k = 0; k < c; k++)
            {
                VectorKernels.SubtractMultiple(_r[(k * stride) + c], result[k], products);
            }

            SymmetricKernels.Scale(1 / _r[(c * stride) + c], products);
            result.Add(products);
        }

        return [.. result.Select(IReadOnlyList<ColumnEntry> (products) =>
            [.. products.Select((value, at) => new ColumnEntry(at / visitStride, at % visitStride, value)).Where(e => e.Value != 0)])];
    }

    private VisitPatterns Without(VisitPatterns patterns, int visits)
    {
        var result = new VisitPatterns(visits, patterns.Basis, patterns.Participants);
        for (int g = 0; g < patterns.Count; g++)
        {
            result.AddPattern(patterns, g, _visitOf);
        }

        return result;
    }
}
