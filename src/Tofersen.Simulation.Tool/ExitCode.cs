namespace Tofersen.Simulation.Tool;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    internal const int Done = 0;

    /// <summary>A check found simulated values outside their tolerance.</summary>
    internal const int OutsideTolerance = 1;

    /// <summary>A planned study is not complete yet.</summary>
    internal const int Incomplete = 1;

    /// <summary>A search came to an end, and what it looked for is not there: the same code, the answer is no.</summary>
    internal const int NotReached = 1;

    internal const int BadInput = 2;

    /// <summary>Finished, but the share of failed analyses passed the limit.</summary>
    internal const int TooManyFailures = 3;

    /// <summary>A block of a planned study could not be written: the disk is full, most often.</summary>
    internal const int NotWritten = 4;

    /// <summary>Cancelled: 128 + SIGINT.</summary>
    internal const int Cancelled = 130;
}

/// <summary>Something the user gave cannot be used; the message is one line.</summary>
internal sealed class BadInputException(string message) : Exception(message);
