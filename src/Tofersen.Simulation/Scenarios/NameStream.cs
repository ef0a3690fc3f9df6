namespace Tofersen.Simulation.Scenarios;

/// <summary>Numbers of the random streams that are fixed by a name.</summary>
internal static class NameStream
{
    // FNV-1a on the characters' bytes, so that the stream is the name's own on every platform.
    internal static ulong Of(string name)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (char c in name)
        {
            hash = (hash ^ (byte)c) * 0x100000001B3;
            hash = (hash ^ (byte)(c >> 8)) * 0x100000001B3;
        }

        return hash;
    }
}
