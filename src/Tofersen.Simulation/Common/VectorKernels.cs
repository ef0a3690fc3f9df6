using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tofersen.Simulation.Common;

/// <summary>Small kernels over spans, eight lanes at a time.</summary>
/// <remarks>The lanes are those of <see cref="Vector512{T}"/> whatever the machine has: narrower hardware computes the same
/// eight lanes in two or four steps, and a tail runs through the same lanes padded with zeros, so the bits do not depend on
/// the vector width.</remarks>
internal static class VectorKernels
{
    internal const int Lanes = 8;

    /// <summary>The next multiple of the lane count.</summary>
    internal static int Padded(int length) => (length + Lanes - 1) / Lanes * Lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Load(ReadOnlySpan<double> values, int index) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store(Vector512<double> vector, Span<double> values, int index) =>
        vector.StoreUnsafe(ref MemoryMarshal.GetReference(values), (nuint)index);

    /// <summary>Sum of the lanes in a fixed order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Sum(Vector512<double> v)
    {
        Vector256<double> four = v.GetLower() + v.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two.ToScalar() + two.GetElement(1);
    }

    /// <summary>Sum of products. Lengths are equal multiples of <see cref="Lanes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Debug.Assert(a.Length == b.Length && a.Length % Lanes == 0, "Columns are padded to the lane count.");
        Vector512<double> even = Vector512<double>.Zero;
        Vector512<double> odd = Vector512<double>.Zero;
        int i = 0;
        for (; i <= a.Length - (2 * Lanes); i += 2 * Lanes)
        {
            even += Load(a, i) * Load(b, i);
            odd += Load(a, i + Lanes) * Load(b, i + Lanes);
        }

        if (i < a.Length)
        {
            even += Load(a, i) * Load(b, i);
        }

        return Sum(even + odd);
    }

    /// <summary>y ← y − factor · x. Lengths are equal multiples of <see cref="Lanes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void SubtractMultiple(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        Debug.Assert(x.Length == y.Length && x.Length % Lanes == 0, "Columns are padded to the lane count.");
        Vector512<double> f = Vector512.Create(factor);
        for (int i = 0; i < x.Length; i += Lanes)
        {
            Store(Load(y, i) - (f * Load(x, i)), y, i);
        }
    }

    /// <summary>Loads what is left of a span, fewer values than lanes, with zeros behind.</summary>
    internal static Vector512<double> LoadPart(ReadOnlySpan<double> values)
    {
        Span<double> lanes = stackalloc double[Lanes];
        lanes.Clear();
        values.CopyTo(lanes);
        return Load(lanes, 0);
    }

    /// <summary>Stores the first lanes into what is left of a span.</summary>
    internal static void StorePart(Vector512<double> vector, Span<double> values)
    {
        Span<double> lanes = stackalloc double[Lanes];
        Store(vector, lanes, 0);
        lanes[..values.Length].CopyTo(values);
    }
}
