using Tofersen.Simulation.Common;

namespace Tofersen.Simulation.Analyses.MixedModels;

/// <summary>The columns of a model of repeated measures in terms of visits and baseline values.</summary>
/// <remarks>
/// <para>With baseline values z every linear predictor is a combination of the products (visit j) × (zᵤ). Column c of the model is
/// Σ t · (visit j) × (zᵤ) over a few entries: one for a covariate at one visit, as many as visits for one whose effect is the same at
/// each.</para>
/// <para>Products are stored by basis: row u, padded over visits.</para>
/// </remarks>
internal sealed class FixedEffects
{
    private readonly int[] _starts;
    private readonly int[] _basis;
    private readonly int[] _visits;
    private readonly double[] _values;

    /// <summary>Columns from lists of entries (basis, visit, value).</summary>
    internal FixedEffects(int visits, int basis, IReadOnlyList<IReadOnlyList<ColumnEntry>> columns)
    {
        Visits = visits;
        Basis = basis;
        Stride = VectorKernels.Padded(visits);
        Columns = columns.Count;
        _starts = new int[Columns + 1];
        for (int c = 0; c < Columns; c++)
        {
            _starts[c + 1] = _starts[c] + columns[c].Count;
        }

        _basis = [.. columns.SelectMany(c => c).Select(e => e.Basis)];
        _visits = [.. columns.SelectMany(c => c).Select(e => e.Visit)];
        _values = [.. columns.SelectMany(c => c).Select(e => e.Value)];
        IsSaturated = Columns == basis * visits
            && Enumerable.Range(0, Columns).All(c => columns[c].Count == 1 && columns[c][0] == new ColumnEntry(c / visits, c % visits, 1));
    }

    internal int Visits { get; }

    internal int Basis { get; }

    internal int Stride { get; }

    internal int Columns { get; }

    /// <summary>Whether there is one column for each product, in the order of the products: every effect has its own value at every
    /// visit, and T is the identity.</summary>
    internal bool IsSaturated { get; }

    /// <summary>A vector over products into one over columns: x ← Tᵀ s.</summary>
    internal void Reduce(ReadOnlySpan<double> products, Span<double> columns)
    {
        for (int c = 0; c < Columns; c++)
        {
            double sum = 0;
            for (int e = _starts[c]; e < _starts[c + 1]; e++)
            {
                sum += _values[e] * products[(_basis[e] * Stride) + _visits[e]];
            }

            columns[c] = sum;
        }
    }

    /// <summary>A vector over columns into one over products: s ← T x.</summary>
    internal void Expand(ReadOnlySpan<double> columns, Span<double> products)
    {
        products.Clear();
        for (int c = 0; c < Columns; c++)
        {
            for (int e = _starts[c]; e < _starts[c + 1]; e++)
            {
                products[(_basis[e] * Stride) + _visits[e]] += _values[e] * columns[c];
            }
        }
    }

    /// <summary>Tᵀ M T for a symmetric M of blocks over visits: block (u, v), u ≤ v, in the order of <see cref="Block"/>.</summary>
    /// <param name="blocks">The blocks, each padded rows of visits and symmetric.</param>
    /// <param name="scratch">At least <see cref="Basis"/> padded rows of visits.</param>
    /// <param name="matrix">Receives a padded matrix of columns.</param>
    internal void ReduceBlocks(ReadOnlySpan<double> blocks, Span<double> scratch, Span<double> matrix)
    {
        int size = Visits * Stride;
        int target = VectorKernels.Padded(Columns);
        if (IsSaturated)
        {
            CopyBlocks(blocks, matrix);
            return;
        }

        for (int c = 0; c < Columns; c++)
        {
            Span<double> row = scratch[..(Basis * Stride)];
            row.Clear();
            for (int e = _starts[c]; e < _starts[c + 1]; e++)
            {
                for (int v = 0; v < Basis; v++)
                {
                    int at = (Block(_basis[e], v) * size) + (_visits[e] * Stride);
                    SymmetricKernels.AddMultiple(_values[e], blocks.Slice(at, Stride), row.Slice(v * Stride, Stride));
                }
            }

            for (int d = 0; d < Columns; d++)
            {
                double sum = 0;
                for (int e = _starts[d]; e < _starts[d + 1]; e++)
                {
                    sum += _values[e] * row[(_basis[e] * Stride) + _visits[e]];
                }

                matrix[(c * target) + d] = sum;
            }

            matrix.Slice((c * target) + Columns, target - Columns).Clear();
        }
    }

    // Where T is the identity only the padding differs.
    private void CopyBlocks(ReadOnlySpan<double> blocks, Span<double> matrix)
    {
        int size = Visits * Stride;
        int target = VectorKernels.Padded(Columns);
        for (int u = 0; u < Basis; u++)
        {
            for (int j = 0; j < Visits; j++)
            {
                Span<double> row = matrix.Slice(((u * Visits) + j) * target, target);
                for (int v = 0; v < Basis; v++)
                {
                    blocks.Slice((Block(u, v) * size) + (j * Stride), Visits).CopyTo(row[(v * Visits)..]);
                }

                row[Columns..].Clear();
            }
        }
    }

    /// <summary>The blocks of T C Tᵀ, made symmetric: block (u, u) as it is, (u, v) with its transpose added.</summary>
    internal void ExpandBlocks(ReadOnlySpan<double> matrix, Span<double> scratch, Span<double> blocks)
    {
        int size = Visits * Stride;
        int source = VectorKernels.Padded(Columns);
        blocks[..(BlockCount * size)].Clear();
        if (IsSaturated)
        {
            AddBlocks(matrix, blocks);
            return;
        }

        for (int c = 0; c < Columns; c++)
        {
            Span<double> row = scratch[..(Basis * Stride)];
            Expand(matrix.Slice(c * source, Columns), row);
            for (int e = _starts[c]; e < _starts[c + 1]; e++)
            {
                int u = _basis[e];
                for (int v = 0; v < Basis; v++)
                {
                    Span<double> block = blocks.Slice(Block(u, v) * size, size);
                    SymmetricKernels.AddMultiple(
                        _values[e], row.Slice(v * Stride, Stride), block.Slice(_visits[e] * Stride, Stride));
                }
            }
        }

        // Block (u, v) has by now received C(u, v) and C(v, u) = C(u, v)ᵀ, both by rows of the first index: that is the symmetric sum.
    }

    // The same where T is the identity.
    private void AddBlocks(ReadOnlySpan<double> matrix, Span<double> blocks)
    {
        int size = Visits * Stride;
        int source = VectorKernels.Padded(Columns);
        for (int u = 0; u < Basis; u++)
        {
            for (int j = 0; j < Visits; j++)
            {
                ReadOnlySpan<double> row = matrix.Slice(((u * Visits) + j) * source, source);
                for (int v = 0; v < Basis; v++)
                {
                    ReadOnlySpan<double> part = row.Slice(v * Visits, Visits);
                    Span<double> target = blocks.Slice((Block(u, v) * size) + (j * Stride), Visits);
                    for (int k = 0; k < part.Length; k++)
                    {
                        target[k] += part[k];
                    }
                }
            }
        }
    }

    internal int BlockCount => Basis * (Basis + 1) / 2;

    /// <summary>Number of the block of a pair of basis entries.</summary>
    internal int Block(int u, int v)
    {
        (int low, int high) = u <= v ? (u, v) : (v, u);
        return (low * ((2 * Basis) - low - 1) / 2) + high;
    }
}
