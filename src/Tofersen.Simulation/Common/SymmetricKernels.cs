using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tofersen.Simulation.Common;

/// <summary>Small dense symmetric algebra on rows that are padded to the lane count.</summary>
/// <remarks>
/// <para>A matrix of n columns lies row by row with the stride <see cref="VectorKernels.Padded"/>(n); what lies behind column n in a
/// row is zero and stays so. A = RᵀR with R upper triangular; below the diagonal a factor holds rubbish that is never read.</para>
/// <para>Everything is built from sums of multiples of rows, which stay in registers until they are complete.</para>
/// </remarks>
internal static class SymmetricKernels
{
    /// <summary>Replaces the upper triangle of A by R.</summary>
    /// <param name="a">The matrix; its lower triangle does not count.</param>
    /// <param name="n">Rows and columns.</param>
    /// <param name="tolerance">A pivot that is at most this share of its diagonal element counts as zero.</param>
    /// <returns>Whether the matrix is positive definite.</returns>
    internal static bool Factor(Span<double> a, int n, double tolerance = 0)
    {
        int stride = VectorKernels.Padded(n);
        for (int k = 0; k < n; k++)
        {
            int first = k / VectorKernels.Lanes * VectorKernels.Lanes;
            Span<double> row = a.Slice((k * stride) + first, stride - first);
            double before = row[k - first];
            SubtractCombination(a[k..], stride, a[first..], stride, k, row);
            double pivot = row[k - first];
            if (!(pivot > tolerance * before) || !double.IsFinite(pivot))
            {
                return false;
            }

            Scale(1 / Math.Sqrt(pivot), row);
        }

        return true;
    }

    /// <summary>ln |A| from R.</summary>
    internal static double LogDeterminant(ReadOnlySpan<double> r, int n)
    {
        int stride = VectorKernels.Padded(n);
        double sum = 0;
        double product = 1;
        for (int k = 0; k < n; k++)
        {
            product *= r[(k * stride) + k];
            if (product is < 1e-100 or > 1e100)
            {
                sum += Math.Log(product);
                product = 1;
            }
        }

        return 2 * (sum + Math.Log(product));
    }

    /// <summary>x ← R⁻ᵀ x.</summary>
    internal static void SolveTransposed(ReadOnlySpan<double> r, int n, Span<double> x)
    {
        int stride = VectorKernels.Padded(n);
        for (int k = 0; k < n; k++)
        {
            double value = x[k] / r[(k * stride) + k];
            x[k] = value;
            for (int i = k + 1; i < n; i++)
            {
                x[i] -= r[(k * stride) + i] * value;
            }
        }
    }

    /// <summary>x ← R⁻¹ x.</summary>
    internal static void Solve(ReadOnlySpan<double> r, int n, Span<double> x)
    {
        int stride = VectorKernels.Padded(n);
        for (int k = n - 1; k >= 0; k--)
        {
            double sum = x[k];
            for (int i = k + 1; i < n; i++)
            {
                sum -= r[(k * stride) + i] * x[i];
            }

            x[k] = sum / r[(k * stride) + k];
        }
    }

    /// <summary>B ← R⁻ᵀ B for a matrix of n rows of any padded length.</summary>
    internal static void SolveTransposedRows(ReadOnlySpan<double> r, int n, Span<double> b, int bStride)
    {
        int stride = VectorKernels.Padded(n);
        for (int k = 0; k < n; k++)
        {
            Span<double> row = b.Slice(k * bStride, bStride);
            SubtractCombination(r[k..], stride, b, bStride, k, row);
            Scale(1 / r[(k * stride) + k], row);
        }
    }

    /// <summary>Writes A⁻¹ in full from R, with R⁻ᵀ as scratch.</summary>
    internal static void Invert(ReadOnlySpan<double> r, int n, Span<double> scratch, Span<double> inverse)
    {
        int stride = VectorKernels.Padded(n);
        Span<double> x = scratch[..(n * stride)];
        x.Clear();
        for (int k = 0; k < n; k++)
        {
            Span<double> row = x.Slice(k * stride, VectorKernels.Padded(k + 1));
            SubtractCombination(r[k..], stride, x, stride, k, row);
            row[k] += 1;
            Scale(1 / r[(k * stride) + k], row);
        }

        // A⁻¹ = XᵀX with X = R⁻ᵀ lower triangular: row i is Σ X_ki X_k over k ≥ i.
        inverse[..(n * stride)].Clear();
        for (int i = 0; i < n; i++)
        {
            AddCombination(x[((i * stride) + i)..], stride, x[(i * stride)..], stride, n - i, inverse.Slice(i * stride, stride));
        }
    }

    /// <summary>C ← A B for square matrices of n rows.</summary>
    internal static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int n, Span<double> c)
    {
        int stride = VectorKernels.Padded(n);
        c[..(n * stride)].Clear();
        for (int i = 0; i < n; i++)
        {
            AddCombination(a[(i * stride)..], 1, b, stride, n, c.Slice(i * stride, stride));
        }
    }

    /// <summary>Transposes a square matrix in place.</summary>
    internal static void Transpose(Span<double> a, int n)
    {
        int stride = VectorKernels.Padded(n);
        for (int i = 1; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (a[(i * stride) + j], a[(j * stride) + i]) = (a[(j * stride) + i], a[(i * stride) + j]);
            }
        }
    }

    /// <summary>y ← y + factor · x. Lengths are equal multiples of the lane count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddMultiple(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        Debug.Assert(x.Length == y.Length && x.Length % VectorKernels.Lanes == 0, "Rows are padded to the lane count.");
        Vector512<double> f = Vector512.Create(factor);
        for (int i = 0; i < x.Length; i += VectorKernels.Lanes)
        {
            VectorKernels.Store(VectorKernels.Load(y, i) + (f * VectorKernels.Load(x, i)), y, i);
        }
    }

    /// <summary>target ← target + Σ w_k row_k.</summary>
    /// <param name="weights">The first weight and what follows it.</param>
    /// <param name="weightStride">Distance from one weight to the next.</param>
    /// <param name="rows">The first row and what follows it; at least as long as the target from each row's beginning.</param>
    /// <param name="rowStride">Distance from one row to the next.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="target">A multiple of the lane count long.</param>
    internal static void AddCombination(
        ReadOnlySpan<double> weights, int weightStride, ReadOnlySpan<double> rows, int rowStride, int count, Span<double> target)
    {
        CheckCombination(weights, weightStride, rows, rowStride, count, target);
        ref double w = ref MemoryMarshal.GetReference(weights);
        ref double x = ref MemoryMarshal.GetReference(rows);
        ref double t = ref MemoryMarshal.GetReference(target);
        for (int i = 0; i < target.Length; i += VectorKernels.Lanes)
        {
            Vector512<double> sum = Vector512.LoadUnsafe(ref t, (nuint)i);
            for (int k = 0; k < count; k++)
            {
                sum += Vector512.Create(Unsafe.Add(ref w, k * weightStride)) * Vector512.LoadUnsafe(ref x, (nuint)((k * rowStride) + i));
            }

            sum.StoreUnsafe(ref t, (nuint)i);
        }
    }

    /// <summary>target ← target − Σ w_k row_k; as <see cref="AddCombination"/>.</summary>
    internal static void SubtractCombination(
        ReadOnlySpan<double> weights, int weightStride, ReadOnlySpan<double> rows, int rowStride, int count, Span<double> target)
    {
        CheckCombination(weights, weightStride, rows, rowStride, count, target);
        ref double w = ref MemoryMarshal.GetReference(weights);
        ref double x = ref MemoryMarshal.GetReference(rows);
        ref double t = ref MemoryMarshal.GetReference(target);
        for (int i = 0; i < target.Length; i += VectorKernels.Lanes)
        {
            Vector512<double> sum = Vector512.LoadUnsafe(ref t, (nuint)i);
            for (int k = 0; k < count; k++)
            {
                sum -= Vector512.Create(Unsafe.Add(ref w, k * weightStride)) * Vector512.LoadUnsafe(ref x, (nuint)((k * rowStride) + i));
            }

            sum.StoreUnsafe(ref t, (nuint)i);
        }
    }

    /// <summary>Row r of a matrix ← row r + w_r · vector, for each row.</summary>
    /// <param name="weights">A weight for each row.</param>
    /// <param name="vector">As long as a row; a multiple of the lane count.</param>
    /// <param name="matrix">The rows, one after another.</param>
    internal static void AddOuter(ReadOnlySpan<double> weights, ReadOnlySpan<double> vector, Span<double> matrix)
    {
        Debug.Assert(matrix.Length >= weights.Length * vector.Length, "There is a row for each weight.");
        ref double w = ref MemoryMarshal.GetReference(weights);
        ref double x = ref MemoryMarshal.GetReference(vector);
        ref double t = ref MemoryMarshal.GetReference(matrix);
        for (int i = 0; i < vector.Length; i += VectorKernels.Lanes)
        {
            Vector512<double> part = Vector512.LoadUnsafe(ref x, (nuint)i);
            for (int r = 0; r < weights.Length; r++)
            {
                nuint at = (nuint)((r * vector.Length) + i);
                (Vector512.LoadUnsafe(ref t, at) + (Vector512.Create(Unsafe.Add(ref w, r)) * part)).StoreUnsafe(ref t, at);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Scale(double factor, Span<double> x)
    {
        Vector512<double> f = Vector512.Create(factor);
        for (int i = 0; i < x.Length; i += VectorKernels.Lanes)
        {
            VectorKernels.Store(f * VectorKernels.Load(x, i), x, i);
        }
    }

    [Conditional("DEBUG")]
    private static void CheckCombination(
        ReadOnlySpan<double> weights, int weightStride, ReadOnlySpan<double> rows, int rowStride, int count, Span<double> target)
    {
        Debug.Assert(target.Length % VectorKernels.Lanes == 0, "Rows are padded to the lane count.");
        Debug.Assert(count == 0 || ((count - 1) * weightStride) < weights.Length, "There is a weight for each row.");
        Debug.Assert(count == 0 || ((count - 1) * rowStride) + target.Length <= rows.Length, "Every row is as long as the target.");
    }
}
