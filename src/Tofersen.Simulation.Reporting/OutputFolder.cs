namespace Tofersen.Simulation.Reporting;

/// <summary>Writes a set of files into a folder all or none.</summary>
public static class OutputFolder
{
    /// <summary>Lets files be written into a new folder on the target's file system and then puts them in place.</summary>
    /// <remarks>Where the target does not exist it appears complete, by one rename. Where it exists, files of the same names are
    /// replaced, one rename each, after all have been written; other files stay. When writing fails, nothing that was there before is
    /// lost and nothing is left behind.</remarks>
    /// <param name="folder">The target.</param>
    /// <param name="write">Writes the files into the folder that it is given.</param>
    /// <exception cref="IOException">Something cannot be written: a full disk, a file in the place of the folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The place is not writable.</exception>
    public static void Write(string folder, Action<string> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(target))
        {
            throw new IOException($"'{folder}' is a file, not a folder.");
        }

        string parent = Path.GetDirectoryName(target) ?? target;
        List<string> missing = MissingFolders(parent);
        RefusedPlace.Open(folder, parent, () => Directory.CreateDirectory(parent));

        // Inside a folder that exists, since that may be a mount of its own; beside one that does not.
        string name = FormattableString.Invariant($".{Environment.ProcessId}.tmp");
        string temporary = Directory.Exists(target)
            ? Path.Combine(target, name)
            : Path.Combine(parent, "." + Path.GetFileName(target) + name);
        try
        {
            RefusedPlace.Open(folder, temporary, () => Directory.CreateDirectory(temporary));
            write(temporary);
            if (Directory.Exists(target))
            {
                foreach (string file in Directory.GetFiles(temporary))
                {
                    File.Move(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
                }
            }
            else
            {
                Directory.Move(temporary, target);
            }
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }

            foreach (string made in missing)
            {
                if (Directory.Exists(made) && !Directory.EnumerateFileSystemEntries(made).Any())
                {
                    Directory.Delete(made);
                }
            }
        }
    }

    /// <summary>The folders that have to be made for a path, the innermost first.</summary>
    private static List<string> MissingFolders(string path)
    {
        var missing = new List<string>();
        for (string? folder = path; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing.Add(folder);
        }

        return missing;
    }
}
