using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tofersen.Simulation.Benchmarks.Commands;

/// <summary>What the measurements ran on, for the head of the tables.</summary>
internal static class RuntimeText
{
    /// <summary>Writes runtime.txt into a folder.</summary>
    internal static void Write(string folder)
    {
        string bits = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128";
        File.WriteAllText(Path.Combine(folder, "runtime.txt"), $"{RuntimeInformation.FrameworkDescription}, vectors of {bits} bits\n");
    }
}
