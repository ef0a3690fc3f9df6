namespace Tofersen.Simulation.Tests.Tool;

/// <summary>An empty folder that is deleted with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal TemporaryFolder() => FullName = Directory.CreateTempSubdirectory("tofersen-sim-").FullName;

    internal string FullName { get; }

    /// <summary>Names of all files and folders, relative and sorted.</summary>
    internal IEnumerable<string> Entries => Directory
        .EnumerateFileSystemEntries(FullName, "*", SearchOption.AllDirectories)
        .Select(p => Path.GetRelativePath(FullName, p).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    internal string At(params ReadOnlySpan<string> names) => Path.Combine([FullName, .. names]);

    /// <summary>Writes a text file and returns its path.</summary>
    internal string Write(string name, string text)
    {
        string path = At(name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(FullName, recursive: true);
}
