using System.Runtime.InteropServices;

namespace Tofersen.Simulation.AheadOfTime;

/// <summary>Tells callgrind which instructions to count; see <c>collector.c</c>, which is linked into the published program only.</summary>
internal static partial class Collector
{
    [LibraryImport("collector", EntryPoint = "collector_is_present")]
    [return: MarshalAs(UnmanagedType.Bool)]
    internal static partial bool IsPresent();

    [LibraryImport("collector", EntryPoint = "collector_start")]
    internal static partial void Start();

    [LibraryImport("collector", EntryPoint = "collector_stop", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void Stop(string stage);
}
