using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>The unstructured covariance in closed form where nobody returns after a missed visit and every effect has its own value at
/// each visit.</summary>
/// <remarks>
/// <para>The response at visit j given the earlier ones is a regression on z and the earlier responses with coefficients b_j and residual
/// variance γ_j; these factors of the likelihood share no parameters. Restricted likelihood integrates the coefficients of z out of each,
/// so that b_j is that of least squares and γ_j = RSS_j / (n_j − rank of z); likelihood divides by n_j (Tang 2017,
/// doi 10.1002/sim.7270).</para>
/// <para>The observed information is block diagonal: (n_j − rank)/(2γ_j²) for γ_j and the inner products of the earlier responses after z,
/// over γ_j, for b_j. With Σ = LΓLᵀ, L = (I − B)⁻¹, the covariance of the entries of Σ̂ follows from ∂Σ/∂γ_j = l_jl_jᵀ and
/// ∂Σ/∂b_jk = l_jσ_kᵀ + σ_kl_jᵀ.</para>
/// </remarks>
internal sealed class MonotoneSolution
{
    private readonly VisitPatterns _data;
    private readonly bool _restricted;
    private readonly int _visits;
    private readonly int _basis;
    private readonly int _stride;
    private readonly int _order;
    private readonly int _orderStride;
    private readonly double[] _gram;
    private readonly double[] _factor;
    private readonly double[] _lower;
    private readonly double[] _spread;
    private readonly double[] _directions;
    private readonly double[] _coefficients;
    private readonly double[] _variances;
    private readonly int[] _participants;

    internal MonotoneSolution(VisitPatterns data, bool restricted)
    {
        _data = data;
        _restricted = restricted;
        _visits = data.Visits;
        _basis = data.Basis;
        _stride = data.Stride;
        _order = _basis + _visits;
        _orderStride = VectorKernels.Padded(_order);
        _gram = new double[_order * _orderStride];
        _factor = new double[_order * _orderStride];
        _lower = new double[_visits * _stride];
        _spread = new double[_visits * _visits * _stride];
        _coefficients = new double[_visits * _visits];
        _variances = new double[_visits];
        _participants = new int[_visits];
        Sigma = new double[_visits * _stride];
        int entries = _visits * (_visits + 1) / 2;
        _directions = new double[entries * VectorKernels.Padded(entries)];
    }

    /// <summary>Σ̂, padded.</summary>
    internal double[] Sigma { get; }

    /// <summary>Whether every pattern is a run of visits from the first.</summary>
    internal bool Applies()
    {
        for (int g = 0; g < _data.Count; g++)
        {
            ulong mask = _data.Mask(g);
            if ((mask & (mask + 1)) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Computes Σ̂.</summary>
    /// <returns>False where some visit leaves no residual variation to estimate.</returns>
    internal bool Solve()
    {
        _gram.AsSpan().Clear();
        int participants = 0;
        for (int j = _visits - 1; j >= 0; j--)
        {
            for (int g = 0; g < _data.Count; g++)
            {
                if (System.Numerics.BitOperations.PopCount(_data.Mask(g)) == j + 1)
                {
                    AddGram(g);
                    participants += _data.ParticipantsOf(g);
                }
            }

            _participants[j] = participants;
            if (!Regress(j, participants))
            {
                return false;
            }
        }

        FillSigma();
        return true;
    }

    // Upper triangle of the inner products of (z, y) over everybody who reached the visit.
    private void AddGram(int g)
    {
        ReadOnlySpan<double> zz = _data.ZZ(g);
        ReadOnlySpan<double> zy = _data.ZY(g);
        ReadOnlySpan<double> yy = _data.YY(g);
        for (int u = 0; u < _basis; u++)
        {
            Span<double> row = _gram.AsSpan(u * _orderStride, _order);
            for (int v = u; v < _basis; v++)
            {
                row[v] += zz[(u * _basis) + v];
            }

            for (int k = 0; k < _visits; k++)
            {
                row[_basis + k] += zy[(u * _stride) + k];
            }
        }

        for (int j = 0; j < _visits; j++)
        {
            Span<double> row = _gram.AsSpan((_basis + j) * _orderStride, _order);
            for (int k = j; k < _visits; k++)
            {
                row[_basis + k] += yy[(j * _stride) + k];
            }
        }
    }

    private bool Regress(int j, int participants)
    {
        int n = _basis + j + 1;
        int stride = VectorKernels.Padded(n);
        Span<double> r = _factor.AsSpan(0, n * stride);
        r.Clear();
        for (int i = 0; i < n; i++)
        {
            _gram.AsSpan((i * _orderStride) + i, n - i).CopyTo(r[((i * stride) + i)..]);
        }

        int degreesOfFreedom = participants - (_restricted ? _basis : 0);
        if (participants <= _basis + j || !SymmetricKernels.Factor(r, n, 1e-12))
        {
            return false;
        }

        // The last pivot is the root of the residual sum of squares.
        double root = r[((n - 1) * stride) + n - 1];
        double variance = root * root / degreesOfFreedom;
        _variances[j] = variance;
        Span<double> b = _coefficients.AsSpan(j * _visits, j);
        for (int k = j - 1; k >= 0; k--)
        {
            int row = (_basis + k) * stride;
            double sum = r[row + n - 1];
            for (int i = k + 1; i < j; i++)
            {
                sum -= r[row + _basis + i] * b[i];
            }

            b[k] = sum / r[row + _basis + k];
        }

        // Columns of √γ R⁻¹ for the earlier responses: their outer products sum to the covariance of b.
        double sd = Math.Sqrt(variance);
        for (int t = 0; t < j; t++)
        {
            Span<double> column = _spread.AsSpan(((j * _visits) + t) * _stride, _stride);
            column.Clear();
            column[t] = sd / r[((_basis + t) * stride) + _basis + t];
            for (int k = t - 1; k >= 0; k--)
            {
                int row = (_basis + k) * stride;
                double sum = 0;
                for (int i = k + 1; i <= t; i++)
                {
                    sum -= r[row + _basis + i] * column[i];
                }

                column[k] = sum / r[row + _basis + k];
            }
        }

        return true;
    }

    // L row by row: l_j = e_j + Σ b_jk l_k, and Σ = LΓLᵀ.
    private void FillSigma()
    {
        _lower.AsSpan().Clear();
        Sigma.AsSpan().Clear();
        for (int j = 0; j < _visits; j++)
        {
            Span<double> row = _lower.AsSpan(j * _stride, _stride);
            for (int k = 0; k < j; k++)
            {
                SymmetricKernels.AddMultiple(_coefficients[(j * _visits) + k], _lower.AsSpan(k * _stride, _stride), row);
            }

            row[j] = 1;
        }

        for (int a = 0; a < _visits; a++)
        {
            for (int b = a; b < _visits; b++)
            {
                double sum = 0;
                for (int k = 0; k <= a; k++)
                {
                    sum += _lower[(a * _stride) + k] * _variances[k] * _lower[(b * _stride) + k];
                }

                Sigma[(a * _stride) + b] = sum;
                Sigma[(b * _stride) + a] = sum;
            }
        }
    }

    /// <summary>Fills the inverse of the observed information of the entries of Σ, padded.</summary>
    internal void FillEntryCovariance(Span<double> covariance)
    {
        int entries = _visits * (_visits + 1) / 2;
        int stride = VectorKernels.Padded(entries);
        _directions.AsSpan().Clear();
        Span<double> column = stackalloc double[_visits];
        Span<double> sum = stackalloc double[_visits];
        int direction = 0;
        for (int j = 0; j < _visits; j++)
        {
            for (int a = 0; a < _visits; a++)
            {
                column[a] = _lower[(a * _stride) + j];
            }

            int counted = _participants[j] - (_restricted ? _basis : 0);
            double weight = _variances[j] * Math.Sqrt(2.0 / counted);
            FillDirection(direction++, stride, column, column, 0.5 * weight);
            for (int t = 0; t < j; t++)
            {
                ReadOnlySpan<double> spread = _spread.AsSpan(((j * _visits) + t) * _stride, _visits);
                sum.Clear();
                for (int k = 0; k <= t; k++)
                {
                    for (int a = 0; a < _visits; a++)
                    {
                        sum[a] += spread[k] * Sigma[(k * _stride) + a];
                    }
                }

                FillDirection(direction++, stride, column, sum, 1);
            }
        }

        Span<double> target = covariance[..(entries * stride)];
        target.Clear();
        for (int d = 0; d < entries; d++)
        {
            ReadOnlySpan<double> row = _directions.AsSpan(d * stride, stride);
            for (int e = 0; e < entries; e++)
            {
                SymmetricKernels.AddMultiple(row[e], row, target.Slice(e * stride, stride));
            }
        }
    }

    // Upper triangle of weight · (l sᵀ + s lᵀ).
    private void FillDirection(int direction, int stride, ReadOnlySpan<double> l, ReadOnlySpan<double> s, double weight)
    {
        int entry = direction * stride;
        for (int a = 0; a < _visits; a++)
        {
            for (int b = a; b < _visits; b++)
            {
                _directions[entry++] = weight * ((l[a] * s[b]) + (s[a] * l[b]));
            }
        }
    }
}
