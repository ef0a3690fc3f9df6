namespace Tofersen.Simulation.Reporting;

/// <summary>Says that a place cannot be written to, by the name that the user gave and not by that of a temporary file.</summary>
internal static class RefusedPlace
{
    /// <summary>Makes or opens something under a temporary name.</summary>
    internal static T Open<T>(string given, string temporary, Func<T> open)
    {
        try
        {
            return open();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"'{given}' cannot be written: access is denied.", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"'{given}' cannot be written: nothing can be made there.", exception);
        }
        catch (IOException exception)
        {
            throw new IOException($"'{given}' cannot be written: {exception.Message.Replace(temporary, given, StringComparison.Ordinal)}", exception);
        }
    }
}
