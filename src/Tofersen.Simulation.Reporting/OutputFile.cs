using System.Text;

namespace Tofersen.Simulation.Reporting;

/// <summary>Writes a text file as a whole or not at all.</summary>
public static class OutputFile
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Lets a text be written beside the target, in UTF-8 with line feeds, and then puts it in place by one rename.</summary>
    /// <remarks>When writing fails, a file that was there before stays as it was, and nothing is left behind. Folders that are missing are
    /// made.</remarks>
    /// <param name="path">The target; replaced where it is a file.</param>
    /// <param name="write">Writes the text.</param>
    /// <exception cref="IOException">It cannot be written: a full disk, a folder in the place of the file.</exception>
    /// <exception cref="UnauthorizedAccessException">The place is not writable.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(write);
        string target = Path.GetFullPath(path);
        if (Directory.Exists(target))
        {
            throw new IOException($"'{path}' is a folder, not a file.");
        }

        string parent = Path.GetDirectoryName(target)!;
        RefusedPlace.Open(path, parent, () => Directory.CreateDirectory(parent));
        string temporary = Path.Combine(parent, FormattableString.Invariant($".{Path.GetFileName(target)}.{Environment.ProcessId}.tmp"));
        try
        {
            using (StreamWriter writer = RefusedPlace.Open(path, temporary, () => new StreamWriter(temporary, append: false, Utf8) { NewLine = "\n" }))
            {
                write(writer);
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            // Gone where the move has been made.
            File.Delete(temporary);
        }
    }
}
