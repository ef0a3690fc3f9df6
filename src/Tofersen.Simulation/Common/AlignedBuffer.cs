using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tofersen.Simulation.Common;

/// <summary>Scratch memory that begins on a cache line, so that no vector of eight doubles straddles two.</summary>
internal sealed class AlignedBuffer
{
    private const int LineBytes = 64;

    private readonly double[] _array;
    private readonly int _offset;
    private readonly int _length;

    /// <summary>Makes a buffer of a given length, rounded up to whole vectors and filled with zeros.</summary>
    internal AlignedBuffer(int length)
    {
        _length = VectorKernels.Padded(length);

        // Pinned, so that the line it begins on stays the same.
        _array = GC.AllocateArray<double>(_length + (LineBytes / sizeof(double)), pinned: true);
        unchecked
        {
            nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
            _offset = (int)((LineBytes - (address & (LineBytes - 1))) & (LineBytes - 1)) / sizeof(double);
        }
    }

    internal Span<double> Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _array.AsSpan(_offset, _length);
    }
}
