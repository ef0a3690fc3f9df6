using System.Runtime.InteropServices;

namespace Tofersen.Simulation.AheadOfTime;

/// <summary>One number for many, which differs where any bit of them does: FNV-1a with 64 bits.</summary>
internal sealed class Digest
{
    private const ulong Offset = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;
    private ulong _state = Offset;

    internal Digest Add<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        foreach (byte value in MemoryMarshal.AsBytes(values))
        {
            _state = (_state ^ value) * Prime;
        }

        return this;
    }

    internal Digest Add(double value) => Add<double>([value]);

    internal Digest Add(string text) => Add(text.AsSpan());

    public override string ToString() => _state.ToString("x16", null);
}
