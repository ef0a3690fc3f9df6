using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tofersen.Simulation.Common;

/// <summary>Small dense symmetric algebra on rows that are padded to the lane count.</summary>
/// <remarks>A matrix of n columns lies row by row with the stride <see cref="VectorKernels.Padded"/>(n); what lies behind column n in a
/// row is zero and stays so. A = RᵀR with R upper triangular.</remarks>
internal static class SymmetricKernels
{
    /// <summary>Replaces the upper triangle of A by R.</summary>
    /// <param name="a">The matrix; its lower triangle is not read.</param>
    /// <param name="n">Rows and columns.</param>
    /// <param name="tolerance">A pivot that is less than this share of its diagonal element counts as zero.</param>
    /// <returns>Whether the matrix is positive definite.</returns>
    internal static bool Factor(Span<double> a, int n, double tolerance = 0)
    {
        int stride = VectorKernels.Padded(n);
        for (int k = 0; k < n; k++)
        {
            Span<double> pivotRow = a.Slice(k * stride, stride);
            double before = pivotRow[k];
            for (int i = 0; i < k; i++)
            {
                double r = a[(i * stride) + k];
                before += r * r;
            }

            double pivot = pivotRow[k];
            if (!(pivot > tolerance * before) || !double.IsFinite(pivot))
            {
                return false;
            }

            double scale = 1 / Math.Sqrt(pivot);
            int first = k / VectorKernels.Lanes * VectorKernels.Lanes;
            Scale(scale, pivotRow[first..]);
            for (int i = k + 1; i < n; i++)
            {
                int from = i / VectorKernels.Lanes * VectorKernels.Lanes;
                VectorKernels.SubtractMultiple(
                    pivotRow[i], pivotRow[from..], a.Slice((i * stride) + from, stride - from));
            }
        }

        return true;
    }

    /// <summary>ln |A| from R.</summary>
    internal static double LogDeterminant(ReadOnlySpan<double> r, int n)
    {
        int stride = VectorKernels.Padded(n);
        double sum = 0;
        for (int k = 0; k < n; k++)
        {
            sum += Math.Log(r[(k * stride) + k]);
        }

        return 2 * sum;
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
            Scale(1 / r[(k * stride) + k], row);
            for (int i = k + 1; i < n; i++)
            {
                VectorKernels.SubtractMultiple(r[(k * stride) + i], row, b.Slice(i * bStride, bStride));
            }
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
            Span<double> row = x.Slice(k * stride, stride);
            int length = VectorKernels.Padded(k + 1);
            for (int i = 0; i < k; i++)
            {
                int part = VectorKernels.Padded(i + 1);
                VectorKernels.SubtractMultiple(r[(i * stride) + k], x.Slice(i * stride, part), row[..part]);
            }

            row[k] += 1;
            Scale(1 / r[(k * stride) + k], row[..length]);
        }

        // A⁻¹ = XᵀX with X = R⁻ᵀ lower triangular.
        Span<double> target = inverse[..(n * stride)];
        target.Clear();
        for (int k = 0; k < n; k++)
        {
            int length = VectorKernels.Padded(k + 1);
            ReadOnlySpan<double> row = x.Slice(k * stride, length);
            for (int i = 0; i <= k; i++)
            {
                AddMultiple(row[i], row, target.Slice(i * stride, length));
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

    /// <summary>C ← A B for square matrices of n rows.</summary>
    internal static void Multiply(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int n, Span<double> c)
    {
        int stride = VectorKernels.Padded(n);
        for (int i = 0; i < n; i++)
        {
            Span<double> row = c.Slice(i * stride, stride);
            row.Clear();
            for (int k = 0; k < n; k++)
            {
                AddMultiple(a[(i * stride) + k], b.Slice(k * stride, stride), row);
            }
        }
    }

    /// <summary>Fills the lower triangle from the upper one.</summary>
    internal static void Mirror(Span<double> a, int n)
    {
        int stride = VectorKernels.Padded(n);
        for (int i = 1; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                a[(i * stride) + j] = a[(j * stride) + i];
            }
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Scale(double factor, Span<double> x)
    {
        Vector512<double> f = Vector512.Create(factor);
        for (int i = 0; i < x.Length; i += VectorKernels.Lanes)
        {
            VectorKernels.Store(f * VectorKernels.Load(x, i), x, i);
        }
    }
}
